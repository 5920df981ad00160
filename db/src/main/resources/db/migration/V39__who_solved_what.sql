-- How many models solved each task of a set, of each model its best evaluation. Joined for whoever asked, a thousand evaluations took
-- longer than anybody waits. All of it follows from test_output, and is counted by leaderboard-api after evaluations have finished.
create table tally (
  puzzle_set_id uuid primary key references puzzle_set (id) on delete cascade,
  -- The finished evaluations that it was counted from, and what they were ranked by: equal while nothing is to be counted anew.
  version text not null,
  -- So many evaluations count, and so many tasks are solved by none, by one, by all of them.
  evaluations int not null,
  nobody int not null,
  one int not null,
  everybody int not null
);

create table tallied_evaluation (
  puzzle_set_id uuid not null references tally (puzzle_set_id) on delete cascade,
  -- From 1, the best first.
  place int not null,
  evaluation_id uuid not null unique references evaluation (id) on delete cascade,
  primary key (puzzle_set_id, place)
);

create table task_tally (
  puzzle_set_id uuid not null references puzzle_set (id) on delete cascade,
  task int not null,
  solved int not null,
  primary key (puzzle_set_id, task)
);
create index task_tally_solved on task_tally (puzzle_set_id, solved, task);
