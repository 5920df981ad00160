-- Demonstrations that are solved before the test examples: whether the evaluation is set up as its checkpoint was trained. What they say
-- is no part of its score, so they are no work units either.
create table canary_unit (
  evaluation_id uuid not null references evaluation on delete cascade,
  idx int not null,
  run int not null,                      -- 0: as the evaluation is set up; others are compared with it
  protocol text not null,
  h_cycles int,                          -- null: the checkpoint's own
  l_cycles int,
  first_example int not null,            -- among the demonstrations of the canary
  end_example int not null,
  given_out_at timestamptz,              -- null while it waits for the dispatcher
  handouts int not null default 0,       -- what is heard of more than these is not believed
  times_lost int not null default 0,     -- given out, and it came to nothing
  trouble text,                          -- the last of these
  exact int,                             -- demonstrations that are solved; null until it is answered
  failure text,                          -- why it never will be
  primary key (evaluation_id, idx)
);
create index on canary_unit (evaluation_id, idx) where exact is null and failure is null;

alter table evaluation
  add canary jsonb,                      -- as the API shows it; null where there is nothing to say
  add canary_open boolean not null default false, -- it is not judged yet
  add stop_if_suspect boolean not null default false;
create index on evaluation (created_at) where canary_open;
