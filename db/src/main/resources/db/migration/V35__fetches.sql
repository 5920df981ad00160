-- Files that ingest fetches by itself. Beside the row of the upload that such a file becomes, by the same id, stands where it comes from;
-- this row outlives the other one, to say why nothing came.
create table hub_fetch (
  upload uuid primary key,
  file_name text not null,
  bytes bigint not null check (bytes > 0),
  -- What the hub says of the content: a SHA-256, or the SHA-1 that git gives a blob.
  said_digest text not null check (said_digest ~ '^([0-9a-f]{40}|[0-9a-f]{64})$'),
  origin jsonb not null,
  sender text not null,
  -- Why it ended without a file; null while it goes on, and once all of it has come.
  problem jsonb,
  created_at timestamptz not null default now()
);
create index on hub_fetch (created_at);

-- Where the file of a checkpoint came from, if it was fetched.
alter table checkpoint add origin jsonb;

alter table risky_work drop constraint risky_work_kind_check;
alter table risky_work
  add constraint risky_work_kind_check check (kind in ('inspect', 'values', 'import', 'plan', 'answers', 'score', 'fetch'));
