package dev.trmarena.db.record;

import dev.trmarena.db.AnswersNothing;
import dev.trmarena.db.EvaluationHistory;
import dev.trmarena.db.SqlArrays;
import dev.trmarena.db.StorableText;
import dev.trmarena.messages.EvaluationState;
import dev.trmarena.messages.FailureKind;
import dev.trmarena.messages.HistoryEvent;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Prediction;
import dev.trmarena.puzzles.score.Protocol;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What became of work units. Outcomes may come twice, late, and to several recorders at once: the evaluation's row is locked, see
 * {@link EvaluationLocks}, and what is there already stays.
 */
public final class WorkUnits {
    private WorkUnits() {}

    /**
     * What a recorder must know of the evaluation an outcome belongs to.
     *
     * @param round units of earlier ones were withdrawn
     * @param rankingMetric that ranks the board of its set; null for the main one of its kind
     * @param rowsLeave whether an example ends by a rule of the network's own, before the last step of the protocol
     */
    public record Target(
            UUID evaluation,
            String puzzleSetManifest,
            Protocol protocol,
            EvaluationState state,
            int round,
            @Nullable String rankingMetric,
            boolean rowsLeave) {
        /** Whether it may still be given outcomes: what a paused one is answered late is an answer all the same. */
        public boolean open() {
            return !state.isOver();
        }
    }

    /** Locks the evaluation for the rest of the transaction. */
    public static Optional<Target> lock(Handle handle, UUID evaluation) {
        return handle.createQuery("""
                        select e.id as evaluation, s.manifest_digest as puzzle_set_manifest, e.protocol, e.state, e.round,
                               s.ranking_metric,
                               coalesce(jsonb_exists(c.manifest -> 'hyperParameters', 'haltProbThres'), false) as rows_leave
                        from evaluation e join puzzle_set s on s.id = e.puzzle_set_id
                        join checkpoint c on c.id = e.checkpoint_id
                        where e.id = :id for update of e""")
                .bind("id", evaluation)
                .mapTo(Target.class)
                .findOne();
    }

    /**
     * Records that solvers took up units of one evaluation, in the order in which they said so; what is known changes nothing.
     *
     * @throws AnswersNothing when one of them was not given out
     */
    public static void started(Handle handle, UUID evaluation, List<Outcome.Started> deliveries) {
        Set<UUID> news = Deliveries.begun(handle, evaluation, deliveries);
        running(handle, evaluation);
        Map<Integer, Outcome.Started> lasts = new TreeMap<>();
        deliveries.stream()
                .filter(each -> news.contains(each.delivery()))
                .forEach(each -> lasts.put(each.unit(), each));
        if (lasts.isEmpty()) {
            return;
        }
        List<Outcome.Started> last = List.copyOf(lasts.values());
        handle.createUpdate("""
                        update work_unit w set solver = s.solver, device = s.device, heard_at = now(),
                               started_at = coalesce(w.started_at, now())
                        from unnest(:units, :handouts, :solvers, :devices) as s (unit, handout, solver, device)
                        where w.evaluation_id = :id and w.idx = any(:units) and w.idx = s.unit and %s
                          and w.handouts = s.handout""".formatted(UnsolvedUnit.IS_IN_FLIGHT))
                .bind("id", evaluation)
                .bindArray("units", Integer.class, SqlArrays.of(last, Outcome.Started::unit))
                .bindArray("handouts", Integer.class, SqlArrays.of(last, Outcome.Started::handout))
                .bindArray("solvers", String.class, SqlArrays.of(last, Outcome.Started::solver))
                .bindArray("devices", String.class, SqlArrays.of(last, Outcome.Started::device))
                .execute();
    }

    /** A solver is at it. */
    public static void running(Handle handle, UUID evaluation) {
        handle.createUpdate("""
                        update evaluation set state = :running, started_at = coalesce(started_at, now()), since = now()
                        where id = :id and state = :queued""")
                .bind("running", EvaluationState.RUNNING)
                .bind("queued", EvaluationState.QUEUED)
                .bind("id", evaluation)
                .execute();
    }

    /** The same of an evaluation that is over: it stays so, and what comes of them is known for an answer if it goes on. */
    public static void startedLate(Handle handle, UUID evaluation, List<Outcome.Started> deliveries) {
        Deliveries.begun(handle, evaluation, deliveries);
    }

    /**
     * Records units of one evaluation, with a few statements for all of them. A unit that was solved before, in the database or
     * further up in the list, stays as it is.
     *
     * @param decoder of predictions; asked for once it is known that there is something to decode, then used by many threads
     * @return number of predictions that are new
     * @throws AnswersNothing see {@link CheckOutcomes}; nothing is recorded then
     * @throws IllegalArgumentException when the predictions are not the examples of the unit; likewise
     */
    public static int solved(
            Handle handle,
            UUID evaluation,
            List<Outcome.Solved> units,
            Supplier<Function<Prediction, GridPrediction>> decoder) {
        CheckOutcomes.solved(handle, evaluation, units);
        Function<Prediction, GridPrediction> decode = decoder.get();
        Map<Integer, Outcome.Solved> firsts = new TreeMap<>();
        units.forEach(each -> firsts.putIfAbsent(each.unit(), each));
        // Turning grids back takes as long as storing them; all cores do it, the database waits for one transaction
        // only.
        Map<Integer, List<GridPrediction>> predictions = firsts.values().parallelStream()
                .collect(Collectors.toMap(
                        Outcome.Solved::unit,
                        each -> each.predictions().stream().map(decode).toList()));
        running(handle, evaluation);
        Deliveries.solved(handle, units.stream().map(Outcome.Solved::delivery).toList());
        List<GridPrediction> news = markSolved(handle, evaluation, List.copyOf(firsts.values())).stream()
                .flatMap(unit -> Objects.requireNonNull(predictions.get(unit)).stream())
                .toList();
        if (!news.isEmpty()) {
            InsertPredictions.insert(handle, evaluation, news);
        }
        return news.size();
    }

    /**
     * The units are named twice: a join alone would be made by reading all units of the evaluation.
     *
     * @return the units that were not solved before
     */
    private static List<Integer> markSolved(Handle handle, UUID evaluation, List<Outcome.Solved> units) {
        return handle.createQuery("""
                        update work_unit w set solver = s.solver, device = s.device, kernels = s.kernels, solved_at = now(),
                               compute_ms = s.millis, started_at = coalesce(w.started_at, now())
                        from unnest(:units, :solvers, :devices, :kernels, :millis) as s (unit, solver, device, kernels, millis)
                        where w.evaluation_id = :id and w.idx = any(:units) and w.idx = s.unit and w.solved_at is null
                        returning w.idx""")
                .bind("id", evaluation)
                .bindArray("units", Integer.class, SqlArrays.of(units, Outcome.Solved::unit))
                .bindArray("solvers", String.class, SqlArrays.of(units, Outcome.Solved::solver))
                .bindArray("devices", String.class, SqlArrays.of(units, Outcome.Solved::device))
                .bindArray("kernels", String.class, SqlArrays.of(units, Outcome.Solved::kernels))
                .bindArray("millis", Long.class, SqlArrays.of(units, Outcome.Solved::computeMillis))
                .mapTo(Integer.class)
                .list();
    }

    /** The solver let go of the unit: it waits again. @throws AnswersNothing when that solver did not begin it */
    public static void returned(Handle handle, Outcome.Returned returned) {
        CheckOutcomes.begun(handle, returned, returned.delivery());
        Deliveries.ended(
                handle,
                returned.delivery(),
                DeliveryEnding.RETURNED,
                returned.kind(),
                returned.reason(),
                returned.log());
        waitsAgain(handle, returned.evaluation(), returned.unit(), returned.handout());
    }

    /**
     * Whoever had this handout of the unit is gone: it waits again.
     *
     * @param silent whether nobody told of it: it was waited for too long. Then nothing changes when something else became of the
     *     unit meanwhile; and one that no solver took is counted by itself, for there is no delivery to be counted
     * @return whether the unit waits again; false when it was given out again meanwhile, or solved, or taken back
     */
    public static boolean lost(Handle handle, UUID evaluation, int unit, int handout, boolean silent) {
        boolean waits = waitsAgain(handle, evaluation, unit, handout);
        if (silent && !waits) {
            return false;
        }
        if (Deliveries.lost(handle, evaluation, unit, handout, silent) == 0 && silent) {
            handle.createUpdate(
                            "update work_unit set times_lost = times_lost + 1 where evaluation_id = :id and idx = :unit")
                    .bind("id", evaluation)
                    .bind("unit", unit)
                    .execute();
        }
        return waits;
    }

    /** @return false when it was given out again meanwhile, or solved, or taken back */
    static boolean waitsAgain(Handle handle, UUID evaluation, int unit, int handout) {
        return handle.createUpdate("""
                        update work_unit set %s
                        where evaluation_id = :id and idx = :unit
                          and handouts = :handout and %s""".formatted(UnsolvedUnit.WAITS, UnsolvedUnit.IS_IN_FLIGHT))
                        .bind("id", evaluation)
                        .bind("unit", unit)
                        .bind("handout", handout)
                        .execute()
                > 0;
    }

    /** A unit that no solver can solve ends its evaluation. @throws AnswersNothing when that solver did not begin it */
    public static void failed(Handle handle, Outcome.Failed failed) {
        CheckOutcomes.begun(handle, failed, failed.delivery());
        if (Deliveries.isOfEarlierRound(handle, failed.delivery())) {
            return;
        }
        Deliveries.ended(
                handle, failed.delivery(), DeliveryEnding.FAILED, failed.kind(), failed.reason(), failed.log());
        failed(handle, failed.evaluation(), failed.kind(), failed.reason(), failed.log());
    }

    /** A unit failed too often: ends its evaluation. What is heard later of its solvers may explain it. */
    public static void givenUp(Handle handle, UUID evaluation, int unit) {
        UnitFailure why = UnitFailure.of(handle, evaluation, unit);
        failed(handle, evaluation, why.kind(), why.reason(), why.log());
        handle.createUpdate("update evaluation set failure_unit = :unit where id = :id and state = :failed")
                .bind("failed", EvaluationState.FAILED)
                .bind("unit", unit)
                .bind("id", evaluation)
                .execute();
    }

    /**
     * Ends an evaluation that cannot finish, and takes its units back; one that ended before stays as it is.
     *
     * @param reason what was wrong and where
     * @param log the last lines that a solver logged about it
     */
    public static void failed(Handle handle, UUID evaluation, FailureKind kind, String reason, List<String> log) {
        int failed = handle.createUpdate("""
                        update evaluation set state = :failed, failure = :reason, failure_kind = :kind, failure_log = :log,
                               failure_unit = null, finished_at = now(), since = now()
                        where id = :id and not is_over""")
                .bind("failed", EvaluationState.FAILED)
                .bind("id", evaluation)
                .bind("reason", StorableText.text(reason))
                .bind("kind", kind)
                .bindArray("log", String.class, SqlArrays.of(log, StorableText::text))
                .execute();
        if (failed > 0) {
            EvaluationHistory.add(handle, evaluation, HistoryEvent.FAILED, StorableText.text(reason));
            WithdrawUnits.of(handle, evaluation);
        }
    }
}
