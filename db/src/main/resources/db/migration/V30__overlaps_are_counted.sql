-- Which tasks sets share. It was joined anew for whoever asked first after a start, and for millions of tasks that took a minute.
create table overlap (
  puzzle_set_id uuid not null references puzzle_set (id) on delete cascade,
  other_id uuid not null references puzzle_set (id) on delete cascade,
  -- So many tasks of the first set are in the other one, too: at least one.
  task_count int not null,
  -- The first of them, as many as are named.
  first_tasks int[] not null,
  primary key (puzzle_set_id, other_id)
);

-- Sets from before are compared by ingest, when it starts.
update puzzle_set set hashed = false;
