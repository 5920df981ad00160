package dev.trmarena.db.remove;

import dev.trmarena.db.plan.ArtifactUses;
import dev.trmarena.db.record.EvaluationLocks;
import dev.trmarena.db.record.WithdrawUnits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Removes rows. One evaluation is one transaction of the caller: it is gone as a whole or not at all, and nobody waits for a
 * hundred others to go. What solvers still say of it is known as that.
 */
public final class RemoveEvaluations {
    private RemoveEvaluations() {}

    /**
     * Its units are taken back, its repeats go on without it: the first of them stands for all then.
     *
     * @return digests of artifacts that may be needed by nobody any more; empty when it was gone already
     */
    public static Optional<List<String>> remove(Handle handle, UUID evaluation) {
        List<UUID> family = new ArrayList<>(family(handle, evaluation));
        EvaluationLocks.hold(handle, family);
        boolean there = handle.createQuery("select exists (select 1 from evaluation where id = :id)")
                .bind("id", evaluation)
                .mapTo(Boolean.class)
                .one();
        List<UUID> checkpoints =
                handle.createQuery("""
                        select checkpoint_id from evaluation where id = :id and checkpoint_id is not null
                        union select adapted_checkpoint_id from evaluation
                        where id = :id and adapted_checkpoint_id is not null""").bind("id", evaluation).mapTo(UUID.class).list();
        if (!there) {
            return Optional.empty();
        }
        if (isOpen(handle, evaluation)) {
            WithdrawUnits.of(handle, evaluation);
        }
        passOn(handle, evaluation);
        handle.createUpdate("insert into removed_evaluation (id) values (:id) on conflict do nothing")
                .bind("id", evaluation)
                .execute();
        handle.createUpdate("delete from evaluation where id = :id")
                .bind("id", evaluation)
                .execute();
        List<String> artifacts = new ArrayList<>();
        checkpoints.forEach(each -> artifacts.addAll(removeUnused(handle, each)));
        return Optional.of(artifacts);
    }

    /**
     * A puzzle set whose evaluations are gone.
     *
     * @return digests of its artifacts; empty when evaluations came meanwhile: nothing was removed then
     */
    public static Optional<List<String>> removePuzzleSet(Handle handle, UUID set) {
        List<String> artifacts = ArtifactUses.of(handle, set);
        int gone = handle.createUpdate("""
                        delete from puzzle_set s where s.id = :id
                          and not exists (select 1 from evaluation where puzzle_set_id = s.id)""").bind("id", set).execute();
        if (gone == 0) {
            return Optional.empty();
        }
        ArtifactUses.removeAll(handle, set);
        return Optional.of(artifacts);
    }

    /** Whether there was such an evaluation, which somebody removed. */
    public static boolean isRemoved(Handle handle, UUID evaluation) {
        return handle.createQuery("select exists (select 1 from removed_evaluation where id = :id)")
                .bind("id", evaluation)
                .mapTo(Boolean.class)
                .one();
    }

    private static List<UUID> family(Handle handle, UUID evaluation) {
        return handle.createQuery("select id from evaluation where id = :id or original_id = :id")
                .bind("id", evaluation)
                .mapTo(UUID.class)
                .list();
    }

    private static boolean isOpen(Handle handle, UUID evaluation) {
        return handle.createQuery("select not is_over from evaluation where id = :id")
                .bind("id", evaluation)
                .mapTo(Boolean.class)
                .one();
    }

    /** The first of its repeats becomes the original of the others. */
    private static void passOn(Handle handle, UUID evaluation) {
        handle.createUpdate("""
                        with heir as (
                          select id from evaluation where original_id = :id order by repeat, created_at, id limit 1)
                        update evaluation e set original_id = nullif(heir.id, e.id) from heir where e.original_id = :id""").bind("id", evaluation).execute();
    }

    /** The checkpoint, when it was the last evaluation of it. @return what it alone may have needed */
    private static List<String> removeUnused(Handle handle, UUID checkpoint) {
        List<String> artifacts = ArtifactUses.of(handle, checkpoint);
        int gone = handle.createUpdate("""
                        delete from checkpoint c where c.id = :id
                          and not exists (select 1 from evaluation where checkpoint_id = c.id or adapted_checkpoint_id = c.id)""").bind("id", checkpoint).execute();
        if (gone == 0) {
            return List.of();
        }
        ArtifactUses.removeAll(handle, checkpoint);
        return artifacts;
    }
}
