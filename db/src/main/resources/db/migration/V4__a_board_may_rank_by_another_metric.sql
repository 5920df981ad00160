-- The metric that ranks the board of a set; null for the main one of its kind.
alter table puzzle_set
  add ranking_metric text;
