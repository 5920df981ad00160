-- What sets share is counted after the import of the later one, by a job of its own: whoever imported another set of that kind had
-- to wait for it. A set that was compared was compared with all that were before it.
alter table puzzle_set add column compared boolean not null default false;
update puzzle_set set compared = hashed;
