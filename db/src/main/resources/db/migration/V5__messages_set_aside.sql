-- Messages that nobody could read or record: one row for each, however often it was read.
create table set_aside (
  id bigint generated always as identity primary key,
  topic text not null,
  partition int not null,
  message_offset bigint not null,
  sent_at timestamptz not null,          -- tells the offsets of a topic that was made anew from those of its predecessor
  key bytea,
  bytes bytea not null,                  -- the beginning
  length bigint not null check (length >= octet_length(bytes)),
  reason text not null,
  at timestamptz not null default now(),
  unique (topic, partition, message_offset, sent_at)
);
