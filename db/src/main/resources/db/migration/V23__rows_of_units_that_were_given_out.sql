-- The row of a unit is made when it is given out for the first time; until then its evaluation says how it is cut. All rows of those that
-- were planned before are there.
alter table evaluation
  add unit_size int check (unit_size > 0), -- examples of a unit; the last one has what is left
  add unit_firsts int[],                 -- the first example of each unit, and
  add unit_ends int[],                   -- the one behind its last; null where units follow each other without a gap
  add constraint evaluation_gaps_check check ((unit_firsts is null) = (unit_ends is null));

-- Rows are made in the order of the units, and never deleted one by one.
create function units_made(e evaluation) returns int language sql stable
  return (select coalesce(max(idx) + 1, 0) from work_unit where evaluation_id = e.id);

-- Asked again and again while hundreds of thousands are solved: of those that wait, and of those in flight, there are indexes.
create function all_solved(e evaluation) returns boolean language sql stable
  return units_made(e) = e.unit_count
    and not exists (select 1 from work_unit where evaluation_id = e.id and given_out_at is not null and solved_at is null)
    and not exists (select 1 from work_unit where evaluation_id = e.id and given_out_at is null and solved_at is null);
