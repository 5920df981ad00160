-- The protocol of an evaluation (steps, dtype, augmentations, halting, identifiers) in its written form, which boards are split by.
alter table evaluation add protocol text;
update evaluation e set protocol = e.steps || '-steps.' || coalesce(c.manifest -> 'hyperParameters' ->> 'forwardDtype', 'float32')
from checkpoint c where c.id = e.checkpoint_id;
alter table evaluation
  alter protocol set not null,
  drop steps,
  add mean_steps double precision;       -- steps that the examples really took; null until finished
drop index if exists evaluation_puzzle_set_id_state_idx;
create index on evaluation (puzzle_set_id, state, protocol);

-- A protocol with fewer augmentations runs some of the examples of a range.
alter table work_unit add end_example int;
update work_unit set end_example = first_example + example_count;
alter table work_unit
  alter end_example set not null,
  add check (end_example >= first_example + example_count);

alter table prediction
  add steps smallint,                    -- behind the answer; null for predictions of before
  add trail bytea;                       -- what was answered after each step: 8 bytes of the answer's digest, 4 of the halt logit

-- What some examples answered after each step, to look at.
create table film_frame (
  evaluation_id uuid not null references evaluation on delete cascade,
  example int not null,
  step smallint not null,
  grid_digest bytea not null references grid,
  q_halt real not null,
  primary key (evaluation_id, example, step)
);

-- What the score would be, had every example stopped after this step.
create table step_score (
  evaluation_id uuid not null references evaluation on delete cascade,
  step smallint not null,
  metric text not null,
  value double precision not null,
  low double precision,
  high double precision,
  primary key (evaluation_id, step, metric),
  check ((low is null) = (high is null))
);

-- Units that wait in Kafka are of the old form, which solvers no longer read: an evaluation under way would wait for ever.
delete from outbox where topic = 'arena.work';
update evaluation set state = 'failed', finished_at = now(),
       failure = 'the platform was upgraded while this was under way: submit it again'
where state in ('queued', 'running');
