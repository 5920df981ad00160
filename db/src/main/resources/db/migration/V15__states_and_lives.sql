-- What is over, which evaluations have units given out, and which solver lives, is said once: here, and in Java by EvaluationState.

alter table evaluation
  add is_over boolean not null generated always as (state in ('finished', 'failed', 'cancelled')) stored,
  add is_working boolean not null generated always as (state in ('queued', 'running')) stored;

drop index if exists evaluation_state_idx;
create index on evaluation (state) where not is_over;

-- Solvers send a heartbeat every two seconds. One that has missed several, or said that it leaves, is not counted on.
create function lives(s solver, at timestamptz) returns boolean language sql immutable
  return s.seen_at > at - interval '10 seconds' and not s.leaving;
