package dev.trmarena.db.dispatch;

import dev.trmarena.db.record.UnsolvedUnit;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Rows of units are made when they are given out, from the cut that stands in the row of their evaluation: one that is never run costs one
 * row, however large it is. A row that is there stays: whoever has the unit may still be heard of.
 */
public final class MakeUnits {
    private MakeUnits() {}

    /** So that so many wait, as far as there are any. The caller has locked the evaluation. */
    public static void untilSoManyWait(Handle handle, UUID evaluation, int units) {
        handle.createUpdate("""
                        insert into work_unit (evaluation_id, idx, first_example, end_example, example_count)
                        select e.id, unit.idx, coalesce(e.unit_firsts[unit.idx + 1], unit.idx * e.unit_size),
                               coalesce(e.unit_ends[unit.idx + 1], unit.idx * e.unit_size + unit.examples), unit.examples
                        from evaluation e
                        cross join lateral (
                          select count(*) as units from (
                            select 1 from work_unit where evaluation_id = e.id and %s limit :units) next) waiting
                        cross join lateral (
                          select idx::int, coalesce(e.unit_sizes[idx + 1], least(e.unit_size, e.example_count - idx * e.unit_size))::int as examples
                          from generate_series(units_made(e)::bigint,
                            least(units_made(e) + :units - waiting.units, e.unit_count) - 1) idx) unit
                        where e.id = :id and unit.examples > 0""".formatted(UnsolvedUnit.IS_WAITING))
                .bind("id", evaluation)
                .bind("units", units)
                .execute();
    }
}
