-- Units wait here until the dispatcher gives them out, so that a huge evaluation does not stand in front of a small one.
alter table evaluation
  drop constraint evaluation_state_check,
  drop constraint evaluation_check,
  drop constraint evaluation_check1;
alter table evaluation
  add constraint evaluation_state_check
    check (state in ('queued', 'running', 'paused', 'finished', 'failed', 'cancelled')),
  add constraint evaluation_over_check check ((state in ('finished', 'failed', 'cancelled')) = (finished_at is not null)),
  add failure_kind text,                 -- of messages.FailureKind
  add failure_log text[],                -- the solver's last lines about it
  add priority text not null default 'normal' check (priority in ('low', 'normal', 'high')),
  add round int not null default 1 check (round > 0),          -- resuming and retrying begin another one
  add turn double precision,             -- virtual time of the dispatcher: whoever has least is next; null until the first unit
  add since timestamptz not null default now(),                -- when it came into its state
  add attempt int not null default 1,
  add original_id uuid references evaluation on delete set null, -- the first attempt; null for itself
  add partial boolean not null default false;                  -- its scores are of the examples that there are
update evaluation set failure_kind = 'upgraded' where state = 'failed' and failure like 'the platform was upgraded%';
update evaluation set failure_kind = 'cannot_run' where state = 'failed' and failure_kind is null;
alter table evaluation
  add constraint evaluation_failure_check
    check ((state = 'failed') = (failure is not null) and (failure is null) = (failure_kind is null));
create index on evaluation (original_id);
create index on evaluation (state) where state in ('queued', 'running', 'paused');

alter table work_unit
  add given_out_at timestamptz,          -- null while it waits here
  add heard_at timestamptz,              -- last sign of life of a solver that has it
  add times_lost int not null default 0, -- nothing was heard of it, and it was given out again
  add device text;
create index work_unit_waiting on work_unit (evaluation_id, idx) where given_out_at is null and solved_at is null;
create index work_unit_in_flight on work_unit (evaluation_id) where given_out_at is not null and solved_at is null;
create index work_unit_solved on work_unit (evaluation_id, solved_at) where solved_at is not null;

-- A solver's go at a unit.
create table delivery (
  id uuid primary key,
  evaluation_id uuid not null,
  idx int not null,
  round int not null,
  solver text not null,
  instance uuid not null,                -- of the solver's process
  device text not null,
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  ending text check (ending in ('solved', 'failed', 'returned')),
  kind text,                             -- of messages.FailureKind; null when nothing was wrong
  reason text,
  log text[],
  foreign key (evaluation_id, idx) references work_unit on delete cascade,
  check ((ended_at is null) = (ending is null))
);
create index on delivery (evaluation_id, idx);

-- Who solves, by its own word; one row a name.
create table solver (
  name text primary key,
  instance uuid not null,
  device text not null,
  started_at timestamptz not null,
  seen_at timestamptz not null,          -- by the clock of the database
  leaving boolean not null,
  units_solved bigint not null,
  examples_solved bigint not null,
  evaluation_id uuid,                    -- what it works on; null while it waits
  idx int,
  delivery uuid,
  steps int
);

-- What happened to an evaluation, for people.
create table evaluation_event (
  id bigint generated always as identity primary key,
  evaluation_id uuid not null references evaluation on delete cascade,
  at timestamptz not null default now(),
  event text not null,
  detail text
);
create index on evaluation_event (evaluation_id, id);

-- Two attempts at the same thing, example by example.
create table agreement (
  evaluation_id uuid not null references evaluation on delete cascade, -- the later one
  against_id uuid not null references evaluation on delete cascade,
  examples int not null,
  differing int not null check (differing between 0 and examples),
  score_difference double precision,     -- later minus earlier, of the ranking metric
  at timestamptz not null default now(),
  primary key (evaluation_id, against_id)
);
create index on agreement (against_id);

-- Units of the form before wait in the topic, where solvers refuse them; they are given out anew from here.
delete from outbox where topic = 'arena.work';
