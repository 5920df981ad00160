package dev.trmarena.db.adapt;

import dev.trmarena.messages.FailureKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The stages in which all weights are adapted. A stage is done in legs of a few training steps, one after the other, each by whoever is
 * free; which steps are done, and in which file what came of them is, is said here and nowhere else.
 */
public final class AdaptationStages {
    /** Condition on {@code a}: a leg of it is still to be done. */
    public static final String IS_OPEN = "a.done < a.steps";

    private AdaptationStages() {}

    /** Must run in the transaction that plans the evaluation. @param leg steps that a solver does at a time */
    public static void plan(Handle handle, UUID evaluation, int steps, int leg) {
        handle.createUpdate("insert into adaptation (evaluation_id, steps, leg) values (:id, :steps, :leg)")
                .bind("id", evaluation)
                .bind("steps", steps)
                .bind("leg", leg)
                .execute();
        handle.createUpdate("update evaluation set adapting = true where id = :id")
                .bind("id", evaluation)
                .execute();
    }

    /** Whoever has a leg lets go of it, or is elsewhere: it waits again. @param evaluation null for all there are */
    public static void giveBack(Handle handle, @Nullable UUID evaluation) {
        handle.createUpdate("""
                        update adaptation set given_out_at = null
                        where given_out_at is not null and (:id::uuid is null or evaluation_id = :id)""").bind("id", evaluation).execute();
    }

    /** The evaluation is taken up again: what failed before does not count; steps that are done stay. */
    public static void takeUp(Handle handle, UUID evaluation) {
        handle.createUpdate("""
                        update adaptation set times_lost = 0, given_out_at = null, trouble = null, trouble_kind = null,
                               trouble_log = '{}'
                        where evaluation_id = :id""").bind("id", evaluation).execute();
    }

    /**
     * The file of what was done is not there: all of it is done again.
     *
     * @param point that is missing; nothing changes when it is another one meanwhile
     * @param counts whether that is a failure
     */
    public static void beginAnew(Handle handle, UUID evaluation, String point, boolean counts) {
        handle.createUpdate("""
                        update adaptation set done = 0, point = null, given_out_at = null, lm_losses = '{}',
                               times_lost = times_lost + :lost,
                               trouble = 'what was kept of its training steps is not there any more',
                               trouble_kind = :kind
                        where evaluation_id = :id and point = :point""")
                .bind("id", evaluation)
                .bind("point", point)
                .bind("lost", counts ? 1 : 0)
                .bind("kind", FailureKind.STORE)
                .execute();
    }

    /**
     * What a stage keeps in its folder.
     *
     * @param point its file; null before the first
     * @param over since when the evaluation is over; null when it is not
     */
    public record Keeps(
            UUID evaluation,
            @Nullable String point,
            @Nullable Instant over) {}

    /** Of these evaluations those whose stage is under way, or would be if they were taken up again. */
    public static List<Keeps> keeps(Handle handle, List<UUID> evaluations) {
        return handle.createQuery("""
                        select e.id as evaluation, a.point, e.finished_at as over
                        from evaluation e join adaptation a on a.evaluation_id = e.id where e.adapting and e.id = any(:ids)""")
                .bindArray("ids", UUID.class, evaluations.toArray())
                .mapTo(Keeps.class)
                .list();
    }

    /** Points of stages under way, of evaluations that work: their files have to be there. */
    public static List<Keeps> underWay(Handle handle) {
        return handle.createQuery("""
                        select e.id as evaluation, a.point, e.finished_at as over
                        from evaluation e join adaptation a on a.evaluation_id = e.id
                        where e.adapting and e.is_working and a.point is not null order by e.created_at""").mapTo(Keeps.class).list();
    }

    /**
     * A stage whose steps are all done, and whose weights wait to be taken in.
     *
     * @param file SHA-256 of them
     * @param parent manifest of the checkpoint that was adapted, its JSON
     * @param fileName of that one
     * @param recipe key of the protocol
     * @param identifiers rows of the puzzle set, the blank one included
     */
    public record Done(UUID evaluation, String file, String parent, String fileName, String recipe, int identifiers) {}

    private static final String DONE = """
            select e.id as evaluation, a.point as file, c.manifest::text as parent, c.file_name, e.protocol as recipe,
                   s.identifier_count as identifiers
            from evaluation e join adaptation a on a.evaluation_id = e.id
            join checkpoint c on c.id = e.checkpoint_id join puzzle_set s on s.id = e.puzzle_set_id
            where e.adapting and e.is_working and a.done = a.steps and a.point is not null
            """;

    /** Oldest first. */
    public static List<Done> due(Handle handle) {
        return handle.createQuery(DONE + "order by e.created_at")
                .mapTo(Done.class)
                .list();
    }

    /** Locks the evaluation. Empty when it was taken in, ended or removed meanwhile. */
    public static Optional<Done> lock(Handle handle, UUID evaluation) {
        return handle.createQuery(DONE + "and e.id = :id for update of e")
                .bind("id", evaluation)
                .mapTo(Done.class)
                .findOne();
    }

    /** Its units answer by these weights from now on. The caller has locked the evaluation. @param checkpoint its id */
    public static void takenIn(Handle handle, UUID evaluation, UUID checkpoint) {
        handle.createUpdate(
                        "update evaluation set adapting = false, adapted_checkpoint_id = :checkpoint where id = :id")
                .bind("id", evaluation)
                .bind("checkpoint", checkpoint)
                .execute();
    }
}
