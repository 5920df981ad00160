-- Results that others published, as they were imported: of each source the newest import stands beside the boards, those before are its history.
create table published_import (
  id uuid primary key,
  source text not null,
  imported_at timestamptz not null default clock_timestamp()
);
create index on published_import (source, imported_at desc, id);

create table published_result (
  import_id uuid not null references published_import on delete cascade,
  idx int not null,                      -- its place in the import
  method text not null,
  parameters text,                       -- as published; null where they are not known
  benchmark text not null,
  split text not null,
  metric text not null,
  percent double precision not null,
  dollars_per_task double precision,     -- null where no cost was published
  primary key (import_id, idx)
);
