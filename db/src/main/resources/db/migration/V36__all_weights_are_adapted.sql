-- An evaluation that trains all weights has a stage before its units: one solver after the other takes the next training steps, and keeps
-- what comes of them in a file. After the last one that is a checkpoint, which the units then answer by.
create table adaptation (
  evaluation_id uuid primary key references evaluation on delete cascade,
  steps int not null,                    -- of the protocol
  leg int not null,                      -- of these, what a solver does at a time
  done int not null default 0,           -- a multiple of leg until all are
  point text,                            -- SHA-256 of the file that was kept after these
  given_out_at timestamptz,              -- null while the next ones wait for the dispatcher
  turn timestamptz,                      -- when any were given out last
  handouts int not null default 0,       -- what is heard of more than these is not believed
  times_lost int not null default 0,     -- the next ones were given out, and it came to nothing
  trouble text,                          -- the last of these
  trouble_kind text,
  trouble_log text[] not null default '{}',
  heard_at timestamptz,                  -- when steps were done last
  lm_losses double precision[] not null default '{}', -- of each step, the mean over its slots
  device_millis jsonb not null default '{}' -- by device, of the steps that are done
);

alter table evaluation
  add adapting boolean not null default false, -- its units wait for the stage
  add adapted_checkpoint_id uuid references checkpoint; -- what they answer by, in place of the one that was submitted
create index on evaluation (created_at) where adapting;
create index on evaluation (adapted_checkpoint_id) where adapted_checkpoint_id is not null;

-- Where a checkpoint comes from that was made here.
alter table checkpoint
  add parent_digest text,                -- tensor digest of the one that it was adapted from
  add recipe text;                       -- the protocol by which that was done, seed and all
