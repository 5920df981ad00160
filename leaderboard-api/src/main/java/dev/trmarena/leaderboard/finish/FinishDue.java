package dev.trmarena.leaderboard.finish;

import dev.trmarena.db.record.FinishEvaluations;
import dev.trmarena.db.record.RecordUnits;
import dev.trmarena.http.look.Lookout;
import dev.trmarena.messages.FailureKind;
import dev.trmarena.puzzles.score.Intervals;
import dev.trmarena.puzzles.score.ScoreByStep;
import dev.trmarena.puzzles.score.ScoreSheet;
import dev.trmarena.puzzles.score.ScoredPrediction;
import dev.trmarena.puzzles.score.Scoring;
import dev.trmarena.puzzles.score.StepScore;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.traces.Traces;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Scores evaluations that wait for nothing else. Looks when the recorder wakes it, and by itself every few seconds: a process
 * that died between the last unit and the scores left an evaluation that this one finds.
 */
@ApplicationScoped
public class FinishDue {
    private static final Logger LOG = Logger.getLogger(FinishDue.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(3);

    private final Jdbi jdbi;
    private final OpenPuzzleSets puzzleSets;
    private final Traces traces;
    private final Lookout lookout = new Lookout("finish", this::look);
    private boolean troubled;

    FinishDue(Jdbi jdbi, OpenPuzzleSets puzzleSets, Traces traces) {
        this.jdbi = jdbi;
        this.puzzleSets = puzzleSets;
        this.traces = traces;
    }

    /** A unit was recorded: look now. */
    public void wake() {
        lookout.wake();
    }

    void start(@Observes StartupEvent started) {
        lookout.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        lookout.stop();
    }

    private Duration look() {
        finishAll();
        return LOOK_EVERY;
    }

    void finishAll() {
        try {
            for (UUID evaluation : jdbi.withHandle(FinishEvaluations::due)) {
                finishOrFail(evaluation);
            }
            for (UUID evaluation : jdbi.withHandle(FinishEvaluations::endedEarly)) {
                scoreWhatThereIs(evaluation);
            }
            troubled = false;
        } catch (JdbiException e) {
            if (!troubled && !lookout.stopping()) {
                LOG.warnf("cannot finish evaluations, trying until it works: %s", e.getMessage());
            }
            troubled = true;
        }
    }

    /** Trouble with the database passes; anything else would come again, so it ends the evaluation and says why. */
    private void finishOrFail(UUID evaluation) {
        try {
            jdbi.useTransaction(handle -> finish(handle, evaluation));
        } catch (JdbiException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.errorf(e, "evaluation %s cannot be scored", evaluation);
            jdbi.useTransaction(handle -> RecordUnits.failed(
                    handle, evaluation, FailureKind.UNSCORABLE, String.valueOf(e.getMessage()), List.of()));
        }
    }

    /** Of an evaluation that failed or was cancelled. Should that fail, too, it has no score: it is over either way. */
    private void scoreWhatThereIs(UUID evaluation) {
        try {
            jdbi.useTransaction(handle -> {
                if (FinishEvaluations.lockEndedEarly(handle, evaluation)) {
                    RecordUnits.Target target =
                            RecordUnits.lock(handle, evaluation).orElseThrow();
                    traced(handle, target, true, this::scorePartly);
                }
            });
        } catch (JdbiException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warnf("evaluation %s ended early, and what there is cannot be scored: %s", evaluation, e.getMessage());
            jdbi.useTransaction(handle -> FinishEvaluations.lockEndedEarly(handle, evaluation));
        }
    }

    private static ScoreSheet score(Handle handle, RecordUnits.Target target, PuzzleSet set) {
        try (Stream<ScoredPrediction> predictions = FinishEvaluations.predictions(handle, target.evaluation())) {
            return Scoring.score(set, predictions::iterator, target.protocol().votes());
        }
    }

    private void scorePartly(Handle handle, RecordUnits.Target target) {
        PuzzleSet set = puzzleSets.byManifest(target.puzzleSetManifest());
        ScoreSheet sheet = score(handle, target, set);
        FinishEvaluations.finishPartly(handle, target.evaluation(), sheet, Intervals.of(set, sheet));
    }

    private void finish(Handle handle, UUID evaluation) {
        RecordUnits.Target target = RecordUnits.lock(handle, evaluation).orElse(null);
        if (target != null && target.open()) {
            traced(handle, target, false, this::scoreWhole);
        }
    }

    /** The score continues the plan, not the unit that came last: which one that is says nothing. */
    private void traced(
            Handle handle, RecordUnits.Target target, boolean partial, BiConsumer<Handle, RecordUnits.Target> scoring) {
        UUID evaluation = target.evaluation();
        String parent = FinishEvaluations.traceparent(handle, evaluation).orElse(null);
        Span span = traces.resume("score", SpanKind.INTERNAL, parent);
        span.setAttribute("evaluation", evaluation.toString());
        span.setAttribute("partial", partial);
        if (span.getSpanContext().isValid()) {
            MDC.put(Traces.LOG_FIELD, span.getSpanContext().getTraceId());
        }
        try {
            scoring.accept(handle, target);
        } catch (RuntimeException e) {
            Traces.failed(span, String.valueOf(e.getMessage()));
            throw e;
        } finally {
            span.end();
            MDC.remove(Traces.LOG_FIELD);
        }
    }

    private void scoreWhole(Handle handle, RecordUnits.Target target) {
        UUID evaluation = target.evaluation();
        long start = System.nanoTime();
        PuzzleSet set = puzzleSets.byManifest(target.puzzleSetManifest());
        ScoreSheet sheet = score(handle, target, set);
        List<StepScore> byStep;
        try (Stream<ScoreByStep.Followed> trails = FinishEvaluations.trails(handle, evaluation)) {
            byStep = ScoreByStep.of(set, trails::iterator, target.protocol().steps());
        }
        String stepMetric = set.manifest().kind().mainMetric();
        String ranking = target.rankingMetric() == null ? stepMetric : target.rankingMetric();
        FinishEvaluations.finish(handle, evaluation, sheet, Intervals.of(set, sheet), byStep, stepMetric, ranking);
        LOG.infof(
                "evaluation %s finished, scored in %d ms: %s",
                evaluation, (System.nanoTime() - start) / 1_000_000, sheet.metrics());
    }
}
