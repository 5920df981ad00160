-- Sentences on how a checkpoint fits the puzzle set, where that is not exactly: rows and tokens of it that are not used.
alter table evaluation
  add notes text[] not null default '{}';
