-- Work that may end the process that does it. A row stands from before the work until after it, each written by itself: what
-- another process left behind is one that ended meanwhile.
create table risky_work (
  kind text not null check (kind in ('inspect', 'values', 'import', 'plan', 'score')),
  -- The evaluation, or the SHA-256 of the upload or uploads.
  subject text not null,
  process uuid not null,
  began_at timestamptz not null default now()
);
create index risky_work_subject on risky_work (kind, subject);
