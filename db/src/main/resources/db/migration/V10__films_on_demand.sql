-- Films that somebody asked for, of tasks whose steps were not kept. A row goes when its film is there.
create table film_request (
  evaluation_id uuid not null references evaluation on delete cascade,
  example int not null,
  wanted_at timestamptz not null default now(),
  given_out_at timestamptz,              -- null while it waits for the dispatcher
  times int not null default 0,          -- given out
  failure text,                          -- why there is none; asking again clears it
  primary key (evaluation_id, example)
);
create index on film_request (wanted_at) where failure is null;
