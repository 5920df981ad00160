-- The database alone says when a unit is lost, given out again or given up; the broker only carries it.
alter table work_unit
  add handouts int not null default 0;   -- how often it was given out; what is heard of an earlier time changes nothing
comment on column work_unit.times_lost is 'given out in this round, and no solver took it';

alter table delivery
  add handout int not null default 0,    -- of its unit; 0 from before there were any
  drop constraint delivery_ending_check,
  add constraint delivery_ending_check check (ending in ('solved', 'failed', 'returned', 'lost'));
alter table delivery                     -- something was wrong, or nobody heard how it ended
  add came_to_nothing boolean not null generated always as (coalesce(kind is not null or ending = 'lost', false)) stored;
update delivery d set ending = case when s.instance is null then 'returned' else 'lost' end, ended_at = coalesce(s.at, now()), kind = s.kind, reason = s.reason, log = s.log
from delivery o left join solver_end s on s.instance = o.instance
where o.id = d.id and d.ended_at is null;

alter table film_request rename times to handouts;
alter table film_request
  add times_lost int not null default 0, -- given out, and it came to nothing
  add trouble text;                      -- the last of these

-- Messages of the form before say none of this: solvers refuse such a unit, and it is given out anew from here.
delete from outbox where topic = 'arena.work';
update work_unit set given_out_at = null, started_at = null, heard_at = null, solver = null, times_lost = 0
where solved_at is null;
update film_request set given_out_at = null, handouts = 0 where failure is null;
