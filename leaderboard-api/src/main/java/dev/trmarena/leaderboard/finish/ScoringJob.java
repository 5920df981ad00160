package dev.trmarena.leaderboard.finish;

import static dev.trmarena.db.RiskyWork.Kind.SCORE;
import static dev.trmarena.db.RiskyWork.MOST_DEATHS;

import dev.trmarena.db.RiskyWork;
import dev.trmarena.db.canary.CanaryUnits;
import dev.trmarena.db.record.FinishEvaluations;
import dev.trmarena.db.record.InsertOutputs;
import dev.trmarena.db.record.WorkUnits;
import dev.trmarena.http.refuse.Patience;
import dev.trmarena.http.refuse.Trouble;
import dev.trmarena.http.set.OpenPuzzleSets;
import dev.trmarena.leaderboard.connect.Recording;
import dev.trmarena.loops.Loops;
import dev.trmarena.loops.PollingLoop;
import dev.trmarena.messages.FailureKind;
import dev.trmarena.puzzles.score.FollowedExample;
import dev.trmarena.puzzles.score.OutputResult;
import dev.trmarena.puzzles.score.PartialSheet;
import dev.trmarena.puzzles.score.ScoreSheet;
import dev.trmarena.puzzles.score.ScoredPrediction;
import dev.trmarena.puzzles.score.Scoring;
import dev.trmarena.puzzles.score.StepScore;
import dev.trmarena.puzzles.score.VoteProtocol;
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
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Judges evaluations by their canaries, and scores those that wait for nothing else. Looks when the recorder wakes it, and by itself every few seconds: a process
 * that died between the last unit and the scores left an evaluation that this one finds. A defect ends the evaluation that has
 * it; trouble with the store or the database is waited for, and the other evaluations do not wait with it.
 */
@ApplicationScoped
public class ScoringJob {
    private static final Logger LOG = Logger.getLogger(ScoringJob.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(3);

    /** From one prediction that is read to the next, or for whatever is done with all of them: seconds, for the largest sets. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final String ENDED_AT_IT = "the service that scores ended " + MOST_DEATHS
            + " times while it scored this evaluation, for want of memory perhaps; its log says more";

    private final Jdbi jdbi;
    private final OpenPuzzleSets puzzleSets;
    private final JudgeCanary judgeCanary;
    private final Traces traces;
    private final Patience<UUID> patience;
    private final PollingLoop loop;

    ScoringJob(
            @Recording Jdbi jdbi,
            OpenPuzzleSets puzzleSets,
            JudgeCanary judgeCanary,
            Traces traces,
            Loops loops,
            @ConfigProperty(name = "arena.finish.patience", defaultValue = "15M") Duration patience) {
        this.jdbi = jdbi;
        this.puzzleSets = puzzleSets;
        this.judgeCanary = judgeCanary;
        this.traces = traces;
        this.patience = new Patience<>(patience);
        this.loop = loops.loop("finish", "finish evaluations", LONGEST, this::look);
    }

    /** A unit was recorded: look now. */
    public void wake() {
        loop.wake();
    }

    void start(@Observes StartupEvent started) {
        loop.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        loop.stop();
    }

    private Duration look() {
        finishAll();
        return LOOK_EVERY;
    }

    void finishAll() {
        for (UUID evaluation : jdbi.withHandle(CanaryUnits::due)) {
            attempt(
                    evaluation,
                    handle -> judgeCanary.judge(handle, evaluation),
                    (handle, problem) -> JudgeCanary.giveUp(handle, evaluation, problem.reason()));
        }
        for (UUID evaluation : jdbi.withHandle(FinishEvaluations::due)) {
            attempt(
                    evaluation,
                    handle -> finish(handle, evaluation),
                    (handle, problem) ->
                            WorkUnits.failed(handle, evaluation, problem.kind(), problem.reason(), List.of()));
        }
        for (UUID evaluation : jdbi.withHandle(FinishEvaluations::endedEarly)) {
            // Should that fail, too, it has no score: it is over either way.
            attempt(
                    evaluation,
                    handle -> finishPartly(handle, evaluation),
                    (handle, problem) -> FinishEvaluations.lockEndedEarly(handle, evaluation));
        }
    }

    private record Problem(FailureKind kind, String reason) {}

    private interface GiveUp {
        void with(Handle handle, Problem problem);
    }

    /** In a transaction. Whatever goes wrong stays with this evaluation. */
    private void attempt(UUID evaluation, HandleConsumer<RuntimeException> scoring, GiveUp giveUp) {
        if (!patience.mayTry(evaluation)) {
            return;
        }
        loop.getsOn();
        String subject = evaluation.toString();
        try {
            if (jdbi.withHandle(handle -> RiskyWork.deaths(handle, SCORE, subject)) >= MOST_DEATHS) {
                LOG.errorf("evaluation %s is not scored: this service ended %d times at it", evaluation, MOST_DEATHS);
                giveUp(evaluation, giveUp, new Problem(FailureKind.UNSCORABLE, ENDED_AT_IT));
                return;
            }
            try (var counted = RiskyWork.begin(jdbi, SCORE, subject)) {
                jdbi.useTransaction(scoring);
            }
            patience.end(evaluation);
        } catch (RuntimeException | Error e) {
            if (PollingLoop.breaksTheProcess(e)) {
                throw e;
            }
            int times = patience.trouble(evaluation);
            if (Trouble.defect(e).isPresent()) {
                LOG.errorf(e, "evaluation %s cannot be scored", evaluation);
                giveUp(evaluation, giveUp, new Problem(kind(e), Trouble.words(e)));
            } else if (patience.isOver(evaluation)) {
                LOG.errorf("evaluation %s cannot be scored, tried %d times: %s", evaluation, times, Trouble.words(e));
                String reason = "tried " + times + " times, the last time: " + Trouble.words(e);
                giveUp(evaluation, giveUp, new Problem(kind(e), reason));
            } else if (times == 1 && !loop.stopping()) {
                LOG.warnf("evaluation %s cannot be scored yet, trying again: %s", evaluation, Trouble.words(e));
            }
        }
    }

    private void giveUp(UUID evaluation, GiveUp giveUp, Problem problem) {
        try {
            jdbi.useTransaction(handle -> giveUp.with(handle, problem));
            patience.end(evaluation);
        } catch (JdbiException e) {
            // Tried again, as the scoring is.
            LOG.warnf("evaluation %s cannot be ended yet: %s", evaluation, Trouble.words(e));
        }
    }

    private static FailureKind kind(Throwable thrown) {
        return Trouble.ofTheStore(thrown) ? FailureKind.STORE : FailureKind.UNSCORABLE;
    }

    private void finishPartly(Handle handle, UUID evaluation) {
        if (FinishEvaluations.lockEndedEarly(handle, evaluation)) {
            WorkUnits.Target target = WorkUnits.lock(handle, evaluation).orElseThrow();
            traced(handle, target, true, this::scorePartly);
        }
    }

    /** One of the ways to count that {@link Scoring} has. */
    private interface Counting<S> {
        S of(Iterable<ScoredPrediction> inExampleOrder, VoteProtocol protocol, Consumer<? super OutputResult> each);
    }

    /** Writes the outputs as well. @return the sheet without their candidates */
    private <S> S score(Handle handle, WorkUnits.Target target, PuzzleSet set, Counting<S> counting) {
        int tokens = set.manifest().seqLen();
        try (Stream<ScoredPrediction> predictions = FinishEvaluations.predictions(handle, target.evaluation(), tokens)
                .peek(prediction -> loop.getsOn())) {
            var outputs = new InsertOutputs(handle, target.evaluation());
            S sheet = counting.of(predictions::iterator, target.protocol().votes(), outputs);
            outputs.end();
            return sheet;
        }
    }

    private void scorePartly(Handle handle, WorkUnits.Target target) {
        PuzzleSet set = puzzleSets.byManifest(target.puzzleSetManifest());
        Scoring scoring = Scoring.of(set);
        PartialSheet partial = score(handle, target, set, scoring::scorePartly);
        FinishEvaluations.finishPartly(handle, target.evaluation(), partial, scoring.intervals(partial.sheet()));
    }

    private void finish(Handle handle, UUID evaluation) {
        WorkUnits.Target target = WorkUnits.lock(handle, evaluation).orElse(null);
        if (target != null && target.open()) {
            traced(handle, target, false, this::scoreWhole);
        }
    }

    /** The score continues the plan, not the unit that came last: which one that is says nothing. */
    private void traced(
            Handle handle, WorkUnits.Target target, boolean partial, BiConsumer<Handle, WorkUnits.Target> scoring) {
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

    private void scoreWhole(Handle handle, WorkUnits.Target target) {
        UUID evaluation = target.evaluation();
        long start = System.nanoTime();
        PuzzleSet set = puzzleSets.byManifest(target.puzzleSetManifest());
        ScoreSheet sheet = score(handle, target, set, Scoring.of(set)::score);
        int steps = target.protocol().steps();
        List<StepScore> byStep;
        try (Stream<FollowedExample> histories =
                FinishEvaluations.stepHistories(handle, evaluation, steps).peek(history -> loop.getsOn())) {
            byStep = Scoring.of(set).bySteps(histories::iterator, steps);
        }
        String stepMetric = set.manifest().kind().mainMetric();
        String ranking = target.rankingMetric() == null ? stepMetric : target.rankingMetric();
        FinishEvaluations.finish(
                handle, evaluation, sheet.metrics(), Scoring.of(set).intervals(sheet), byStep, stepMetric, ranking);
        LOG.infof(
                "evaluation %s finished, scored in %d ms: %s",
                evaluation, (System.nanoTime() - start) / 1_000_000, sheet.metrics());
    }
}
