-- What a request made of its uploads: sent again, because its answer was lost, it is answered by the same.
create table answered_request (
  digest text primary key,               -- SHA-256 of the request, which names uploads that nobody else uses
  made text not null,                    -- id of the evaluation, or name of the puzzle set
  answered_at timestamptz not null default now()
);
create index on answered_request (answered_at);

-- Whether a file was run before is asked whenever it is inspected.
create index on checkpoint (source_digest);
