package dev.trmarena.db.record;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * The one order in which rows are locked, so that transactions wait for each other and never deadlock: evaluations first, in the
 * order in which the database has their ids (Java orders UUIDs otherwise), then their units and whatever else. A transaction that
 * touches several evaluations locks all of them here before it changes anything; one that touches a single one locks that before
 * its units. What only looks whether there is something to do, or only notes a heartbeat, waits for nobody: it skips what is
 * locked.
 */
public final class EvaluationLocks {
    private EvaluationLocks() {}

    /** Until the end of the transaction; an id that no evaluation has is left out. */
    public static void hold(Handle handle, Collection<UUID> evaluations) {
        hold(handle, evaluations, List.of());
    }

    /**
     * Likewise.
     *
     * @param instances processes of solvers that ended: of these, the evaluations whose units they may have had
     */
    public static void hold(Handle handle, Collection<UUID> evaluations, Collection<UUID> instances) {
        if (evaluations.isEmpty() && instances.isEmpty()) {
            return;
        }
        handle.createQuery("""
                        select id from evaluation
                        where id = any(array(
                          select unnest(:evaluations) union
                          select evaluation_id from delivery
                          where instance = any(:instances) and (ended_at is null or ending = :lost)))
                        order by id for update""")
                .bind("lost", DeliveryEnding.LOST)
                .bindArray("evaluations", UUID.class, evaluations.toArray())
                .bindArray("instances", UUID.class, instances.toArray())
                .mapTo(UUID.class)
                .list();
    }
}
