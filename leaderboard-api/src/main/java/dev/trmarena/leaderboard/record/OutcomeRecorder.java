package dev.trmarena.leaderboard.record;

import dev.trmarena.db.AnswersNothing;
import dev.trmarena.db.canary.CanaryUnits;
import dev.trmarena.db.dispatch.ReplayRequests;
import dev.trmarena.db.record.CheckOutcomes;
import dev.trmarena.db.record.EvaluationLocks;
import dev.trmarena.db.record.RecordAdaptations;
import dev.trmarena.db.record.WorkUnits;
import dev.trmarena.db.remove.RemoveEvaluations;
import dev.trmarena.http.refuse.Patience;
import dev.trmarena.http.refuse.Trouble;
import dev.trmarena.http.set.OpenPuzzleSets;
import dev.trmarena.leaderboard.connect.Recording;
import dev.trmarena.leaderboard.finish.ScoringJob;
import dev.trmarena.messages.FailureKind;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Prediction;
import dev.trmarena.messages.WorkUnit;
import dev.trmarena.puzzles.set.Canary;
import dev.trmarena.puzzles.set.PuzzleSet;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** Outcomes as rows, in a transaction of their own or in the one that is open. Answers to evaluations that are over change nothing. */
@Singleton
class OutcomeRecorder {
    private static final Logger LOG = Logger.getLogger(OutcomeRecorder.class);

    /** Whoever comes behind waits as long when a puzzle set cannot be read: hardly ever, for sets stay open. */
    private static final Duration SETS_PATIENCE = Duration.ofMinutes(1);

    private static final String BROKER = "the broker";
    private static final String UNREADABLE = "no solver could read it";

    private final Jdbi jdbi;
    private final OpenPuzzleSets puzzleSets;
    private final ScoringJob scoringJob;

    /** By the digest of the set. */
    private final Patience<String> patience = new Patience<>(SETS_PATIENCE);

    OutcomeRecorder(@Recording Jdbi jdbi, OpenPuzzleSets puzzleSets, ScoringJob scoringJob) {
        this.jdbi = jdbi;
        this.puzzleSets = puzzleSets;
        this.scoringJob = scoringJob;
    }

    /**
     * @return number of examples that were recorded and had not been before
     * @throws UnknownEvaluation when there is no such evaluation
     * @throws AnswersNothing when nothing was given out that it answers, or not to its solver
     * @throws org.jdbi.v3.core.JdbiException when the database did not take it: to be tried again
     */
    int record(Outcome outcome) {
        return jdbi.inTransaction(handle -> {
            WorkUnits.Target target = lock(handle, outcome.evaluation()).orElse(null);
            if (target == null) {
                LOG.debugf("evaluation %s was removed", outcome.evaluation());
            } else if (outcome instanceof Outcome.Returned returned) {
                WorkUnits.returned(handle, returned);
            } else if (outcome instanceof Outcome.Redelivered again) {
                CheckOutcomes.givenOut(handle, again.evaluation(), again.unit(), again.handout());
                WorkUnits.lost(handle, again.evaluation(), again.unit(), again.handout(), false);
            } else if (outcome instanceof Outcome.Replayed replayed) {
                replayed(handle, target, replayed);
            } else if (outcome instanceof Outcome.NotReplayed nothing) {
                ReplayRequests.record(handle, nothing);
            } else if (outcome instanceof Outcome.CanaryAnswer answer) {
                canary(handle, target, answer);
            } else if (outcome instanceof Outcome.NoCanaryAnswer nothing) {
                CanaryUnits.failed(handle, nothing);
            } else if (outcome instanceof Outcome.NotAdapted nothing) {
                RecordAdaptations.failed(handle, nothing);
            } else if (outcome instanceof Outcome.Started started) {
                started(handle, target, List.of(started));
            } else if (!target.open()) {
                LOG.debugf("nothing to record for evaluation %s, unit %d", outcome.evaluation(), outcome.unit());
            } else if (outcome instanceof Outcome.Adapted adapted) {
                RecordAdaptations.adapted(handle, adapted);
            } else if (outcome instanceof Outcome.Solved solved) {
                return solved(handle, target, solved);
            } else if (outcome instanceof Outcome.Failed failed) {
                LOG.warnf("evaluation %s, unit %d failed: %s", failed.evaluation(), failed.unit(), failed.reason());
                WorkUnits.failed(handle, failed);
            }
            return 0;
        });
    }

    /**
     * Records what solvers took up and what they solved, with a few statements for all units of an evaluation.
     *
     * @param started before what was solved
     * @return number of examples that had not been recorded before
     * @throws RuntimeException when one of them cannot be recorded; then none is
     */
    int recordTogether(List<Outcome.Started> started, List<Outcome.Solved> solved) {
        Map<UUID, List<Outcome.Started>> startedOf = byEvaluation(started);
        Map<UUID, List<Outcome.Solved>> solvedOf = byEvaluation(solved);
        var evaluations = new TreeSet<>(startedOf.keySet());
        evaluations.addAll(solvedOf.keySet());
        return jdbi.inTransaction(handle -> {
            EvaluationLocks.hold(handle, evaluations);
            int examples = 0;
            for (UUID evaluation : evaluations) {
                WorkUnits.Target target = lock(handle, evaluation).orElse(null);
                if (target != null) {
                    examples += recordTogether(
                            handle,
                            target,
                            startedOf.getOrDefault(evaluation, List.of()),
                            solvedOf.getOrDefault(evaluation, List.of()));
                }
            }
            return examples;
        });
    }

    private static <T extends Outcome> Map<UUID, List<T>> byEvaluation(List<T> outcomes) {
        return outcomes.stream().collect(Collectors.groupingBy(Outcome::evaluation));
    }

    /** Of one evaluation. */
    private int recordTogether(
            Handle handle, WorkUnits.Target target, List<Outcome.Started> started, List<Outcome.Solved> solved) {
        if (!started.isEmpty()) {
            started(handle, target, started);
        }
        return solved.isEmpty() || !target.open()
                ? 0
                : WorkUnits.solved(handle, target.evaluation(), solved, () -> decoder(target)::decode);
    }

    private static void started(Handle handle, WorkUnits.Target target, List<Outcome.Started> started) {
        if (target.open()) {
            WorkUnits.started(handle, target.evaluation(), started);
        } else {
            WorkUnits.startedLate(handle, target.evaluation(), started);
        }
    }

    /**
     * A dead letter that can be read: a unit that the broker gave up after many deliveries, or that a solver of another version
     * rejects. It failed once more, which is counted; whether it is given out again, the dispatcher says.
     *
     * @throws UnknownEvaluation when there is no such evaluation
     * @throws AnswersNothing when the unit was not given out so often
     */
    void deadLetter(WorkUnit unit) {
        jdbi.useTransaction(handle -> {
            if (lock(handle, unit.evaluation()).isEmpty()) {
                return;
            }
            switch (unit.purpose()) {
                case SCORE -> {
                    CheckOutcomes.givenOut(handle, unit.evaluation(), unit.index(), unit.handout());
                    WorkUnits.lost(handle, unit.evaluation(), unit.index(), unit.handout(), true);
                }
                case REPLAY ->
                    ReplayRequests.record(
                            handle,
                            new Outcome.NotReplayed(
                                    unit.evaluation(),
                                    unit.index(),
                                    unit.firstExample(),
                                    BROKER,
                                    unit.handout(),
                                    Outcome.NotReplayed.End.WENT_WRONG,
                                    UNREADABLE));
                case CANARY ->
                    CanaryUnits.failed(
                            handle,
                            new Outcome.NoCanaryAnswer(
                                    unit.evaluation(),
                                    unit.index(),
                                    BROKER,
                                    unit.handout(),
                                    Outcome.NotReplayed.End.WENT_WRONG,
                                    UNREADABLE));
                case ADAPT ->
                    RecordAdaptations.failed(
                            handle,
                            new Outcome.NotAdapted(
                                    unit.evaluation(),
                                    unit.index(),
                                    BROKER,
                                    unit.handout(),
                                    Outcome.NotReplayed.End.WENT_WRONG,
                                    FailureKind.SOLVER_ERROR,
                                    UNREADABLE,
                                    List.of()));
            }
        });
    }

    private void canary(Handle handle, WorkUnits.Target target, Outcome.CanaryAnswer answer) {
        Canary canary = Canary.of(open(target.puzzleSetManifest()))
                .orElseThrow(() -> new IllegalArgumentException("the puzzle set has no demonstrations"));
        int exact = 0;
        for (Prediction prediction : answer.predictions()) {
            if (prediction.example() >= canary.size()) {
                throw new IllegalArgumentException(
                        "demonstration " + prediction.example() + "; the canary has " + canary.size());
            }
            exact += canary.isExact(prediction.example(), prediction.tokens()) ? 1 : 0;
        }
        CanaryUnits.answered(handle, answer, exact);
    }

    private void replayed(Handle handle, WorkUnits.Target target, Outcome.Replayed replayed) {
        ReplayRequests.keep(handle, replayed.evaluation(), decoder(target).decode(replayed.prediction()));
    }

    private PredictionDecoder decoder(WorkUnits.Target target) {
        return new PredictionDecoder(open(target.puzzleSetManifest()), target.protocol(), target.rowsLeave());
    }

    /** @throws SetCannotBeRead when that was tried for long enough; others are to be tried again */
    private PuzzleSet open(String manifest) {
        try {
            PuzzleSet set = puzzleSets.byManifest(manifest);
            patience.end(manifest);
            return set;
        } catch (RuntimeException e) {
            patience.trouble(manifest);
            if (Trouble.defect(e).isEmpty() && patience.isOver(manifest)) {
                throw new SetCannotBeRead(Trouble.words(e));
            }
            throw e;
        }
    }

    private static final class SetCannotBeRead extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SetCannotBeRead(String message) {
            super(message);
        }
    }

    /** Outcomes are committed: one may have been the last of its evaluation. */
    void committed() {
        scoringJob.wake();
    }

    private int solved(Handle handle, WorkUnits.Target target, Outcome.Solved solved) {
        try {
            return WorkUnits.solved(handle, solved.evaluation(), List.of(solved), () -> decoder(target)::decode);
        } catch (JdbiException | AnswersNothing e) {
            throw e;
        } catch (RuntimeException e) {
            String defect = Trouble.defect(e).orElseThrow(() -> e);
            // It would come again, and nobody waits for something that cannot be.
            LOG.errorf(e, "the answer of solver %s cannot be recorded", solved.solver());
            boolean ofTheStore = e instanceof SetCannotBeRead || Trouble.ofTheStore(e);
            WorkUnits.failed(
                    handle,
                    solved.evaluation(),
                    ofTheStore ? FailureKind.STORE : FailureKind.UNRECORDABLE,
                    "unit " + solved.unit() + ", the answer of solver " + solved.solver() + ": " + defect,
                    List.of());
            return 0;
        }
    }

    /** Empty when it was removed: nobody waits for what its solvers still say. */
    private static Optional<WorkUnits.Target> lock(Handle handle, UUID evaluation) {
        Optional<WorkUnits.Target> target = WorkUnits.lock(handle, evaluation);
        if (target.isEmpty() && !RemoveEvaluations.isRemoved(handle, evaluation)) {
            throw new UnknownEvaluation(evaluation);
        }
        return target;
    }
}
