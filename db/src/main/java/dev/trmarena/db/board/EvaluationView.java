package dev.trmarena.db.board;

import dev.trmarena.db.canary.CanaryView;
import dev.trmarena.db.plan.Origin;
import dev.trmarena.db.plan.Priority;
import dev.trmarena.messages.EvaluationState;
import dev.trmarena.messages.Verification;
import dev.trmarena.puzzles.score.Interval;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation as people see it; field names are those of the HTTP API.
 *
 * @param since when it came into this state: of two views the one with the later is the newer
 * @param failure why it failed; null unless it did
 * @param canary what the demonstrations say that training saw; null where nothing is said: of other kinds of puzzles, and of evaluations
 *     from before there were any
 * @param training how all weights were, or are being, adapted before it answers; null where they are not
 * @param progress how far it is; null when it is over
 * @param partial whether its scores are of what was answered before it failed or was cancelled
 * @param answered how much that was; null unless partial
 * @param priority {@code low}, {@code normal} or {@code high}: its share of the solvers while others wait
 * @param repeat from 1: which time this checkpoint is run on this set by this protocol
 * @param original the first repeat; null for itself
 * @param verification null when there is no other repeat to compare with
 * @param puzzleSet name of the set
 * @param checkpoint tensor digest of the checkpoint: equal for equal weights, whatever file they came in; null of answers
 * @param fileName of the uploaded checkpoint, or answers
 * @param origin where that file was fetched from; null where somebody sent it
 * @param architecture of the network; null of answers
 * @param hyperParameters of the checkpoint as resolved: shape and schedule of its network
 * @param configurationSources by the names of these: where each value came from (a file, a preset, {@code given},
 *     {@code tensors}, the authors' defaults)
 * @param notes sentences to read before its score is believed: keys of the configuration that nothing here reads, for one, and rows
 *     and tokens of the checkpoint that the set does not use
 * @param answers what is to be known of answers that another system gave, which were scored here and not run here; null of a run
 * @param protocol how the checkpoint is run; null of answers
 * @param meanSteps improvement steps that the examples really took, in the mean; null until finished
 * @param coreParameters values of the network, without the puzzle embedding; null of answers
 * @param embeddingParameters values of the puzzle embedding; likewise
 * @param computeMillis time that solvers have spent on inference so far, summed
 * @param scores by metric; empty until it is over
 * @param intervals by metric, 95 %; of those scores that have one
 * @param mainMetric the metric that ranks models on the puzzle set
 */
public record EvaluationView(
        UUID id,
        EvaluationState state,
        @Nested @Nullable FailureView failure,
        @Json @Nullable CanaryView canary,
        @Json @Nullable TrainingView training,
        @Nullable ProgressView progress,
        boolean partial,
        @Nested("answered_") @Nullable AnsweredView answered,
        Priority priority,
        int repeat,
        @Nullable UUID original,
        @Nullable Verification verification,
        String model,
        String puzzleSet,
        String puzzleSetKind,
        @Nullable String checkpoint,
        String fileName,
        @Json @Nullable Origin origin,
        @Nullable String architecture,
        @Json Map<String, Object> hyperParameters,
        @Json Map<String, String> configurationSources,
        @Json List<String> notes,
        @Nested @Nullable AnswersView answers,
        @Nested @Nullable ProtocolView protocol,
        @Nullable Double meanSteps,
        @Nullable Long coreParameters,
        @Nullable Long embeddingParameters,
        int exampleCount,
        int examplesDone,
        int unitCount,
        int unitsDone,
        long computeMillis,
        @Json Map<String, Double> scores,
        @Json Map<String, Interval> intervals,
        String mainMetric,
        Instant since,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {
    public EvaluationView {
        scores = new TreeMap<>(scores);
        intervals = new TreeMap<>(intervals);
        hyperParameters = new TreeMap<>(hyperParameters);
        configurationSources = new TreeMap<>(configurationSources);
        notes = List.copyOf(notes);
    }

    /**
     * The same as the answer to somebody who asked for the same work.
     *
     * @param asked what is to be known of what was sent, beside what is known of this
     */
    public EvaluationView noting(List<String> asked) {
        List<String> all =
                Stream.concat(notes.stream(), asked.stream()).distinct().toList();
        return new EvaluationView(
                id,
                state,
                failure,
                canary,
                training,
                progress,
                partial,
                answered,
                priority,
                repeat,
                original,
                verification,
                model,
                puzzleSet,
                puzzleSetKind,
                checkpoint,
                fileName,
                origin,
                architecture,
                hyperParameters,
                configurationSources,
                all,
                answers,
                protocol,
                meanSteps,
                coreParameters,
                embeddingParameters,
                exampleCount,
                examplesDone,
                unitCount,
                unitsDone,
                computeMillis,
                scores,
                intervals,
                mainMetric,
                since,
                createdAt,
                startedAt,
                finishedAt);
    }
}
