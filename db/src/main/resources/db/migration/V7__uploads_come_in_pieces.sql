-- A row of an upload is there from its first byte on; what its digest is shows when the last one has come.
alter table upload
  alter digest drop not null,
  add expires_at timestamptz;
update upload set expires_at = created_at + interval '24 hours';
alter table upload
  alter expires_at set not null;
create index on upload (expires_at);
