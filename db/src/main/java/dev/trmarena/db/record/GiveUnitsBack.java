package dev.trmarena.db.record;

import dev.trmarena.db.adapt.AdaptationStages;
import dev.trmarena.db.canary.CanaryUnits;
import org.jdbi.v3.core.Handle;

/** Nobody has a unit any more, and nobody is to blame: the database has come to another broker, with other solvers. */
public final class GiveUnitsBack {
    private GiveUnitsBack() {}

    /** All units that are in flight wait, and the deliveries that are open end as those that were handed back in good order. */
    public static void all(Handle handle) {
        handle.createUpdate("update work_unit set %s where %s".formatted(UnsolvedUnit.WAITS, UnsolvedUnit.IS_IN_FLIGHT))
                .execute();
        handle.createUpdate("""
                        update delivery set ended_at = now(), ending = :returned, log = '{}',
                               reason = 'the platform was brought to another machine'
                        where ended_at is null""").bind("returned", DeliveryEnding.RETURNED).execute();
        CanaryUnits.giveBack(handle, null);
        AdaptationStages.giveBack(handle, null);
    }
}
