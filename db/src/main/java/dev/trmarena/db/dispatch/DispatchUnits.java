package dev.trmarena.db.dispatch;

import dev.trmarena.db.Outbox;
import dev.trmarena.db.OutboxMessage;
import dev.trmarena.db.plan.Priority;
import dev.trmarena.db.record.EvaluationLocks;
import dev.trmarena.db.record.TriedSolver;
import dev.trmarena.db.record.UnsolvedUnit;
import dev.trmarena.db.record.WorkUnits;
import dev.trmarena.messages.Json;
import dev.trmarena.messages.Purpose;
import dev.trmarena.messages.Topics;
import dev.trmarena.messages.WorkUnit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Moves units from where they wait into the outbox, a few at a time: what lies in the topic is served in its order, whatever
 * comes later, so little may lie there. A unit that failed too often is given up instead: this is the only place that
 * says so.
 */
public final class DispatchUnits {
    /** Names the lock that one dispatcher holds at a time. */
    private static final long LOCK = 0x74726d5f64697370L;

    private DispatchUnits() {}

    /**
     * How much may be in flight, and how often.
     *
     * @param least units, however few solvers there are
     * @param perSolver units for each solver that lives and has taken up a unit before
     * @param failures a unit that failed so often fails its evaluation
     * @param replayTasks see {@link WorkUnit}
     */
    public record Limits(int least, int perSolver, int failures, int replayTasks) {}

    /**
     * What a look found.
     *
     * @param inFlight units before it
     * @param units that were given out
     */
    public record Given(int inFlight, int units) {}

    /**
     * Must run in a transaction.
     *
     * @return null when another dispatcher is at it
     */
    public static @Nullable Given some(Handle handle, Limits limits, Instant now) {
        boolean mine = handle.createQuery("select pg_try_advisory_xact_lock(:lock)")
                .bind("lock", LOCK)
                .mapTo(Boolean.class)
                .one();
        if (!mine) {
            return null;
        }
        int inFlight = inFlight(handle);
        int free = capacity(handle, limits, now) - inFlight;
        if (free <= 0) {
            return new Given(inFlight, 0);
        }
        Map<UUID, FairQueue.Share> shares = FairQueue.share(claims(handle, free), free);
        EvaluationLocks.hold(handle, shares.keySet());
        List<OutboxMessage> messages = new ArrayList<>();
        for (Map.Entry<UUID, FairQueue.Share> share : shares.entrySet()) {
            messages.addAll(take(handle, share.getKey(), share.getValue(), limits, now));
        }
        Outbox.add(handle, messages);
        return new Given(inFlight, messages.size());
    }

    private static int capacity(Handle handle, Limits limits, Instant now) {
        int solvers = handle.createQuery("select count(distinct s.instance) from solver s where lives(s, :now) and "
                        + TriedSolver.IS_TRIED)
                .bind("now", now)
                .mapTo(Integer.class)
                .one();
        return Math.max(limits.least(), limits.perSolver() * solvers);
    }

    private static int inFlight(Handle handle) {
        return handle.createQuery("""
                        select count(*) from evaluation e join work_unit u on u.evaluation_id = e.id
                        where e.is_working and %s""".formatted(UnsolvedUnit.IS_IN_FLIGHT))
                .mapTo(Integer.class)
                .one();
    }

    private record WaitingEvaluation(
            UUID evaluation,
            Priority priority,
            int waiting,
            @Nullable Double turn) {
        FairQueue.Claim claim() {
            return new FairQueue.Claim(evaluation, priority.weight(), waiting, turn);
        }
    }

    /**
     * Evaluations with waiting units that wait neither for the verdict on their canary nor for weights that are adapted; of equal turn the newcomer goes first, then the
     * older one.
     */
    private static List<FairQueue.Claim> claims(Handle handle, int free) {
        return handle.createQuery("""
                        select e.id as evaluation, e.priority, waiting.units as waiting, e.turn
                        from evaluation e
                        cross join lateral (
                          select least(:free, count(*) + e.unit_count - units_made(e)) as units from (
                            select 1 from work_unit u
                            where u.evaluation_id = e.id and %s
                            limit :free) next) waiting
                        where e.is_working and waiting.units > 0 and not e.adapting and not (e.stop_if_suspect and e.canary_open)
                        order by e.turn nulls first, e.created_at, e.id""".formatted(UnsolvedUnit.IS_WAITING))
                .bind("free", free)
                .mapTo(WaitingEvaluation.class)
                .map(WaitingEvaluation::claim)
                .list();
    }

    /** An evaluation that still wants its units, and what they continue. */
    private record WorkingEvaluation(@Nullable String traceparent) {}

    private static List<OutboxMessage> take(
            Handle handle, UUID evaluation, FairQueue.Share share, Limits limits, Instant now) {
        // Whoever cancels or pauses it holds this row: either it waits for us and withdraws these, or we see its state.
        Optional<WorkingEvaluation> open = handle.createQuery("""
                        update evaluation set turn = :turn where id = :id and is_working
                        returning traceparent""")
                .bind("turn", share.turn())
                .bind("id", evaluation)
                .mapTo(WorkingEvaluation.class)
                .findOne();
        if (open.isEmpty()) {
            return List.of();
        }
        Optional<Integer> hopeless = hopeless(handle, evaluation, share.units(), limits.failures());
        if (hopeless.isPresent()) {
            WorkUnits.givenUp(handle, evaluation, hopeless.get());
            return List.of();
        }
        MakeUnits.untilSoManyWait(handle, evaluation, share.units());
        String traceparent = open.get().traceparent();
        return handle
                .createQuery("""
                        update work_unit u set given_out_at = :now, heard_at = null, handouts = handouts + 1
                        from evaluation e
                        join checkpoint c on c.id = coalesce(e.adapted_checkpoint_id, e.checkpoint_id)
                        join puzzle_set s on s.id = e.puzzle_set_id
                        where e.id = :id and u.evaluation_id = e.id and u.idx in (
                          select idx from work_unit
                          where evaluation_id = :id and %s
                          order by idx limit :units)
                        returning e.id as evaluation, u.idx as index, :purpose as purpose, e.round, u.handouts as handout,
                                  c.manifest_digest as checkpoint_manifest,
                                  coalesce(e.solver_set_digest, s.manifest_digest) as puzzle_set_manifest,
                                  u.first_example, u.end_example, u.example_count, e.protocol,
                                  :replayTasks as replay_tasks, null::int as h_cycles, null::int as l_cycles,
                                  u.handouts > 1 and %s > 0 as alone, null::text as point""".formatted(UnsolvedUnit.IS_WAITING, failures("u")))
                .bind("purpose", Purpose.SCORE)
                .bind("replayTasks", limits.replayTasks())
                .bind("now", now)
                .bind("id", evaluation)
                .bind("units", share.units())
                .mapTo(WorkUnit.class)
                .stream()
                // The database returns them in any order.
                .sorted(Comparator.comparingInt(WorkUnit::index))
                .map(unit -> new OutboxMessage(
                        Topics.WORK, unit.evaluation() + "/" + unit.index(), Json.write(unit), traceparent))
                .toList();
    }

    /** How often a unit of the evaluation {@code e} failed in this round. */
    private static String failures(String unit) {
        return """
                (%1$s.times_lost + (select count(*) from delivery d
                  where d.evaluation_id = e.id and d.idx = %1$s.idx and d.round = e.round and d.came_to_nothing))""".formatted(unit);
    }

    /** The first of the next units, if any, that failed too often to be given out once more. */
    private static Optional<Integer> hopeless(Handle handle, UUID evaluation, int units, int failures) {
        return handle.createQuery("""
                        select next.idx from (
                          select idx, handouts, times_lost from work_unit
                          where evaluation_id = :id and %s
                          order by idx limit :units) next
                        join evaluation e on e.id = :id
                        where next.handouts > 0 and :failures <= %s
                        order by next.idx limit 1""".formatted(UnsolvedUnit.IS_WAITING, failures("next")))
                .bind("id", evaluation)
                .bind("units", units)
                .bind("failures", failures)
                .mapTo(Integer.class)
                .findOne();
    }
}
