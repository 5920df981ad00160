-- How a solver's process ended, by the word of whoever supervised it. The goes that it left open ended with it, whether they
-- are recorded before or after this.
create table solver_end (
  instance uuid primary key,
  solver text not null,
  at timestamptz not null,
  exit_status int not null,
  kind text not null,                    -- of messages.FailureKind
  reason text not null,
  log text[] not null
);
create index on solver_end (at);
create index on delivery (instance);

-- The unit that ended an evaluation, for what is heard later about its solvers.
alter table evaluation add failure_unit int;
