-- The way of an evaluation, in the order of the data: uploads, what they became, the plan, what came back, the scores.
-- Digests are SHA-256 in lower-case hex; they name artifacts of the store unless said otherwise.

create table upload (
  id uuid primary key,
  file_name text not null,
  digest text not null,
  bytes bigint not null check (bytes > 0),
  created_at timestamptz not null default now()
);
create index on upload (digest);

create table puzzle_set (
  id uuid primary key,
  name text not null unique,
  kind text not null check (kind in ('sudoku', 'maze', 'arc', 'sequence')),
  manifest_digest text not null,
  seq_len int not null,
  vocab_size int not null,
  identifier_count int not null,
  example_count int not null,
  task_count int not null,
  created_at timestamptz not null default now()
);

-- Which artifacts a puzzle set or a checkpoint cannot do without: an artifact that nobody uses and no upload names is deleted.
create table artifact_use (
  digest text not null,
  holder uuid not null,                  -- id of the puzzle set or checkpoint
  primary key (digest, holder)
);

create table checkpoint (
  id uuid primary key,
  manifest_digest text not null unique,
  source_digest text not null,           -- the uploaded file
  tensor_digest text not null,           -- names, shapes and values of the tensors, whatever file they came in
  file_name text not null,
  architecture text not null,
  core_parameters bigint not null,
  embedding_parameters bigint not null,
  manifest jsonb not null,
  created_at timestamptz not null default now()
);

create table evaluation (
  id uuid primary key,
  checkpoint_id uuid not null references checkpoint,
  puzzle_set_id uuid not null references puzzle_set,
  model text not null,
  steps int not null check (steps > 0),
  state text not null default 'queued' check (state in ('queued', 'running', 'finished', 'failed')),
  failure text,
  example_count int not null,
  unit_count int not null,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  check ((state = 'failed') = (failure is not null)),
  check ((state in ('finished', 'failed')) = (finished_at is not null))
);
create index on evaluation (puzzle_set_id, state);
create index on evaluation (created_at);

create table work_unit (
  evaluation_id uuid not null references evaluation on delete cascade,
  idx int not null,
  first_example int not null,
  example_count int not null check (example_count > 0),
  solver text,
  started_at timestamptz,
  solved_at timestamptz,
  compute_ms bigint,
  primary key (evaluation_id, idx)
);

-- Messages that wait for the relay; written in the transaction of what they announce.
create table outbox (
  id bigint generated always as identity primary key,
  topic text not null,
  key text not null,
  payload bytea not null,
  created_at timestamptz not null default now()
);

-- A grid once, however many examples predicted it.
create table grid (
  digest bytea primary key,
  grid_rows smallint not null,
  grid_columns smallint not null,
  cells bytea not null
);

create table prediction (
  evaluation_id uuid not null references evaluation on delete cascade,
  example int not null,
  grid_digest bytea not null references grid,
  q_halt real not null,
  primary key (evaluation_id, example)
);

create table score (
  evaluation_id uuid not null references evaluation on delete cascade,
  metric text not null,
  value double precision not null,
  primary key (evaluation_id, metric)
);

-- One row per test output: a Sudoku or maze has one, an ARC task one or more.
create table test_output (
  evaluation_id uuid not null references evaluation on delete cascade,
  task int not null,
  output int not null,
  candidates int not null,               -- distinct predicted grids
  solution_rank int,                     -- from 1; null when no candidate is right
  wrong_cells int,                       -- of the first attempt; null when shapes differ or nothing was predicted
  primary key (evaluation_id, task, output)
);

-- The best candidates of a test output, in rank order.
create table candidate (
  evaluation_id uuid not null,
  task int not null,
  output int not null,
  rank int not null,
  grid_digest bytea not null references grid,
  votes int not null,
  mean_halt double precision not null,
  primary key (evaluation_id, task, output, rank),
  foreign key (evaluation_id, task, output) references test_output on delete cascade
);
