-- The address that something comes from: nobody takes all the places. It is kept no longer than the place is taken.
alter table upload add sender text not null default 'unknown';

create table asked_by (
  evaluation_id uuid primary key references evaluation on delete cascade,
  sender text not null
);
create index on asked_by (sender);
