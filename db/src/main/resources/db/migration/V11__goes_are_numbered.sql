-- Goes that were recorded together began at the same time, by the clock of their transaction: their numbers say which came first.
alter table delivery add number bigint;
update delivery d set number = n.number
from (select id, row_number() over (order by started_at, ended_at nulls last, id) as number from delivery) n
where n.id = d.id;
alter table delivery alter number set not null;
alter table delivery alter number add generated always as identity;
select setval(pg_get_serial_sequence('delivery', 'number'), (select coalesce(max(number), 0) + 1 from delivery), false);
