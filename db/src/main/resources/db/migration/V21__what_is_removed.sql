-- An evaluation that was removed: what is heard of it afterwards, from solvers that had a unit of it, is no error.
create table removed_evaluation (
  id uuid primary key,
  removed_at timestamptz not null default now()
);
create index on removed_evaluation (removed_at);

-- Removing looks for what else needs a checkpoint.
create index on evaluation (checkpoint_id);
create index on evaluation (original_id) where original_id is not null;
create index on artifact_use (holder);

-- A set that was imported in the place of another; the old board stays, and says so.
alter table puzzle_set add successor_id uuid references puzzle_set on delete set null;
create index on puzzle_set (successor_id) where successor_id is not null;
