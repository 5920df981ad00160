-- What the tasks of a set are, whatever their name: tasks of two sets with the same content are the same. It was hashed anew in
-- memory whenever somebody asked, and three million tasks were more than there was memory for.
create table task_hash (
  puzzle_set_id uuid not null references puzzle_set (id) on delete cascade,
  task int not null,
  -- The first half of a SHA-256.
  content uuid not null,
  primary key (puzzle_set_id, task)
);
create index task_hash_content on task_hash (content, puzzle_set_id);

-- Sets from before are hashed by ingest, when it starts.
alter table puzzle_set add column hashed boolean not null default false;
