package dev.trmarena.db.record;

import dev.trmarena.db.EvaluationHistory;
import dev.trmarena.db.SqlArrays;
import dev.trmarena.messages.EvaluationState;
import dev.trmarena.messages.FailureKind;
import dev.trmarena.messages.HistoryEvent;
import dev.trmarena.messages.Outcome;
import dev.trmarena.puzzles.score.Protocol;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
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
     */
    public record Target(
            UUID evaluation,
            String puzzleSetManifest,
            Protocol protocol,
            EvaluationState state,
            int round,
            @Nullable String rankingMetric) {
        /** Whether it may still be given outcomes: what a paused one is answered late is an answer all the same. */
        public boolean open() {
            return !state.isOver();
        }
    }

    /** Locks the evaluation for the rest of the transaction. */
    public static Optional<Target> lock(Handle handle, UUID evaluation) {
        return handle.createQuery("""
                        select e.id as evaluation, s.manifest_digest as puzzle_set_manifest, e.protocol, e.state, e.round,
                               s.ranking_metric
                        from evaluation e join puzzle_set s on s.id = e.puzzle_set_id
                        where e.id = :id for update of e""")
                .bind("id", evaluation)
                .mapTo(Target.class)
                .findOne();
    }

    /** Records that solvers took up units of one evaluation, in the order in which they said so; what is known changes nothing. */
    public static void started(Handle handle, UUID evaluation, List<Outcome.Started> deliveries) {
        running(handle, evaluation);
        Set<UUID> news = Deliveries.begun(handle, evaluation, deliveries);
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

    private static void running(Handle handle, UUID evaluation) {
        handle.createUpdate("""
                        update evaluation set state = :running, started_at = coalesce(started_at, now()), since = now()
                        where id = :id and state = :queued""")
                .bind("running", EvaluationState.RUNNING)
                .bind("queued", EvaluationState.QUEUED)
                .bind("id", evaluation)
                .execute();
    }

    /**
     * What came with one unit.
     *
     * @param predictions of its examples, ascending
     */
    public record SolvedUnit(Outcome.Solved outcome, List<GridPrediction> predictions) {
        public SolvedUnit {
            predictions = List.copyOf(predictions);
        }
    }

    /**
     * Records units of one evaluation, with a few statements for all of them. A unit that was solved before, in the database or
     * further up in the list, stays as it is.
     *
     * @return number of predictions that are new
     * @throws IllegalArgumentException when the evaluation has no such unit, or the predictions are not its examples; nothing
     *     is recorded then
     */
    public static int solved(Handle handle, UUID evaluation, List<SolvedUnit> units) {
        Map<Integer, SolvedUnit> firsts = new TreeMap<>();
        units.forEach(each -> firsts.putIfAbsent(each.outcome().unit(), each));
        requireTheirExamples(handle, evaluation, units);
        running(handle, evaluation);
        Deliveries.solved(
                handle, units.stream().map(each -> each.outcome().delivery()).toList());
        List<Integer> news = markSolved(handle, evaluation, List.copyOf(firsts.values()));
        if (news.isEmpty()) {
            return 0;
        }
        List<GridPrediction> predictions = news.stream()
                .flatMap(unit -> Objects.requireNonNull(firsts.get(unit)).predictions().stream())
                .toList();
        InsertPredictions.insert(handle, evaluation, predictions);
        return predictions.size();
    }

    /**
     * The units are named twice: a join alone would be made by reading all units of the evaluation.
     *
     * @return the units that were not solved before
     */
    private static List<Integer> markSolved(Handle handle, UUID evaluation, List<SolvedUnit> units) {
        return handle.createQuery("""
                        update work_unit w set solver = s.solver, device = s.device, solved_at = now(), compute_ms = s.millis,
                               started_at = coalesce(w.started_at, now())
                        from unnest(:units, :solvers, :devices, :millis) as s (unit, solver, device, millis)
                        where w.evaluation_id = :id and w.idx = any(:units) and w.idx = s.unit and w.solved_at is null
                        returning w.idx""")
                .bind("id", evaluation)
                .bindArray("units", Integer.class, SqlArrays.of(units, each -> each.outcome()
                        .unit()))
                .bindArray("solvers", String.class, SqlArrays.of(units, each -> each.outcome()
                        .solver()))
                .bindArray("devices", String.class, SqlArrays.of(units, each -> each.outcome()
                        .device()))
                .bindArray("millis", Long.class, SqlArrays.of(units, each -> each.outcome()
                        .computeMillis()))
                .mapTo(Integer.class)
                .list();
    }

    /** Ascending and inside the unit; which of its examples the protocol runs, the caller knows. */
    private static void requireTheirExamples(Handle handle, UUID evaluation, List<SolvedUnit> units) {
        record Range(int unit, int firstExample, int endExample, int exampleCount) {}
        Map<Integer, Range> ranges = handle.createQuery("""
                        select idx as unit, first_example, end_example, example_count from work_unit
                        where evaluation_id = :id and idx = any(:units)""")
                .bind("id", evaluation)
                .bindArray("units", Integer.class, SqlArrays.of(units, each -> each.outcome()
                        .unit()))
                .mapTo(Range.class)
                .collectToMap(Range::unit, range -> range);
        for (SolvedUnit each : units) {
            int unit = each.outcome().unit();
            Range range = ranges.get(unit);
            if (range == null) {
                throw new IllegalArgumentException("evaluation " + evaluation + " has no unit " + unit);
            }
            boolean fits = each.predictions().size() == range.exampleCount();
            int before = range.firstExample() - 1;
            for (GridPrediction prediction : each.predictions()) {
                fits &= prediction.example() > before && prediction.example() < range.endExample();
                before = prediction.example();
            }
            if (!fits) {
                throw new IllegalArgumentException("unit " + unit + " of evaluation " + evaluation + " is "
                        + range.exampleCount() + " of the examples " + range.firstExample() + " to "
                        + (range.endExample() - 1) + ", the outcome has others");
            }
        }
    }

    /** The solver let go of the unit: it waits again. */
    public static void returned(Handle handle, Outcome.Returned returned) {
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

    /** A unit that no solver can solve ends its evaluation. */
    public static void failed(Handle handle, Outcome.Failed failed) {
        if (Deliveries.isOfEarlierRound(handle, failed.delivery())) {
            return;
        }
        Deliveries.ended(
                handle, failed.delivery(), DeliveryEnding.FAILED, failed.kind(), failed.reason(), failed.log());
        failed(handle, failed.evaluation(), failed.kind(), failed.reason(), failed.log());
    }

    /** A unit came to nothing too often: ends its evaluation. What is heard later of its solvers may explain it. */
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
