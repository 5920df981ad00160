package dev.trmarena.arena.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.trmarena.messages.CanaryVerdict;
import dev.trmarena.messages.EvaluationState;
import dev.trmarena.messages.Verification;
import dev.trmarena.puzzles.score.PublishedResults;
import feign.Param;
import feign.RequestLine;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks a platform for, each method named as the operation in the API document. Records have the fields
 * that are used here, no more. Every failure is an {@link dev.trmarena.arena.ArenaProblem}; what the platform refuses is a {@link ServerProblem}.
 */
public interface ArenaApi {
    @RequestLine("GET /api/evaluations/{id}")
    Answer<Evaluation> getEvaluation(@Param String id) throws InterruptedException;

    @RequestLine("POST /api/evaluations")
    Answer<Evaluation> startEvaluation(Submission submission) throws InterruptedException;

    @RequestLine("POST /api/evaluations")
    Answer<Evaluation> startEvaluation(Rerun rerun) throws InterruptedException;

    @RequestLine("POST /api/evaluations")
    Answer<Evaluation> startEvaluation(AnswersOfApi.Entry answers) throws InterruptedException;

    @RequestLine("POST /api/evaluations/{id}/cancel")
    Answer<Evaluation> cancelEvaluation(@Param String id) throws InterruptedException;

    @RequestLine("POST /api/evaluations/{id}/pause")
    Answer<Evaluation> pauseEvaluation(@Param String id) throws InterruptedException;

    @RequestLine("POST /api/evaluations/{id}/resume")
    Answer<Evaluation> resumeEvaluation(@Param String id) throws InterruptedException;

    @RequestLine("POST /api/evaluations/{id}/retry")
    Answer<Evaluation> retryEvaluation(@Param String id) throws InterruptedException;

    /** @param dryRun true: only tells what would go; null: does it; likewise below */
    @RequestLine("DELETE /api/evaluations/{id}?dryRun={dryRun}")
    Answer<Removal> removeEvaluation(@Param String id, @Param @Nullable Boolean dryRun) throws InterruptedException;

    @RequestLine("DELETE /api/models/{name}?dryRun={dryRun}")
    Answer<Removal> removeModel(@Param String name, @Param @Nullable Boolean dryRun) throws InterruptedException;

    @RequestLine("DELETE /api/checkpoints/{digest}?dryRun={dryRun}")
    Answer<Removal> removeCheckpoint(@Param String digest, @Param @Nullable Boolean dryRun) throws InterruptedException;

    @RequestLine("DELETE /api/puzzle-sets/{name}?dryRun={dryRun}")
    Answer<Removal> removePuzzleSet(@Param String name, @Param @Nullable Boolean dryRun) throws InterruptedException;

    @RequestLine("GET /api/compare?e={e}")
    Answer<Comparison> compareEvaluations(@Param String e) throws InterruptedException;

    @RequestLine("GET /api/solvers")
    Answer<List<Solver>> listSolvers() throws InterruptedException;

    @RequestLine("GET /api/puzzle-sets/{name}")
    Answer<PuzzleSet> getPuzzleSet(@Param String name) throws InterruptedException;

    @RequestLine("POST /api/puzzle-sets")
    Answer<ImportedPuzzleSet> importPuzzleSet(PuzzleSetRequest request) throws InterruptedException;

    @RequestLine("PUT /api/puzzle-sets/{name}/ranking")
    Answer<PuzzleSet> rankPuzzleSet(@Param String name, RankingRequest request) throws InterruptedException;

    @RequestLine("PUT /api/published/{source}")
    Answer<Published> importPublished(@Param String source, PublishedRequest request) throws InterruptedException;

    /**
     * @param protocol its key; null: the most used one
     * @param without a set whose tasks are left out; null: none
     */
    @RequestLine("GET /api/puzzle-sets/{name}/leaderboard?protocol={protocol}&without={without}")
    Answer<Leaderboard> getLeaderboard(
            @Param String name, @Param @Nullable String protocol, @Param @Nullable String without)
            throws InterruptedException;

    @RequestLine("POST /api/fetches")
    Answer<Fetch.Both> fetchFile(Fetch.Request request) throws InterruptedException;

    @RequestLine("GET /api/fetches/folder?from={from}")
    Answer<Fetch.Folder> listHubFolder(@Param @Nullable String from) throws InterruptedException;

    @RequestLine("GET /api/fetches/{id}")
    Answer<Fetch> getFetch(@Param String id) throws InterruptedException;

    @RequestLine("DELETE /api/uploads/{id}")
    void deleteUpload(@Param String id) throws InterruptedException;

    /**
     * @param json as the platform said it, byte for byte
     * @param value the same, as far as it is used here
     */
    record Answer<T>(String json, T value) {}

    /**
     * @param checkpoint an upload
     * @param config an upload
     * @param hyperParameters by the names of the configuration file, before it and the preset
     * @param protocol null: as the checkpoint's authors run it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Submission(
            String checkpoint,
            @Nullable String config,
            @Nullable String preset,
            Map<String, String> hyperParameters,
            String puzzleSet,
            @Nullable String model,
            @Nullable RequestedProtocol protocol,
            @Nullable Boolean again,
            @Nullable Boolean stopIfSuspect,
            @Nullable String priority) {}

    /** The checkpoint and the puzzle set of an evaluation once more. */
    record Rerun(
            String evaluation, RequestedProtocol protocol, boolean again, boolean stopIfSuspect, String priority) {}

    /** What is null is as the checkpoint has it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RequestedProtocol(
            @Nullable Integer steps,
            @Nullable String dtype,
            @Nullable Integer augmentations,
            @Nullable Boolean earlyHalting,
            @Nullable Boolean blankIdentifier,
            @Nullable RequestedAdaptation adaptation) {
        /** By the checkpoint's own rows. */
        public RequestedProtocol(
                @Nullable Integer steps,
                @Nullable String dtype,
                @Nullable Integer augmentations,
                @Nullable Boolean earlyHalting,
                @Nullable Boolean blankIdentifier) {
            this(steps, dtype, augmentations, earlyHalting, blankIdentifier, null);
        }
    }

    /**
     * What is null is as the platform has it.
     *
     * @param mode {@code rows} or {@code all}
     * @param settings by the names of the authors' trainer
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RequestedAdaptation(
            String mode,
            int steps,
            @Nullable Integer slots,
            @Nullable Integer seed,
            Map<String, Double> settings) {}

    /**
     * @param kind null: it is recognised
     * @param replaces a set whose board says then that there is a new one; null: none
     * @param recipe null: the files are a set already
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PuzzleSetRequest(
            String name,
            @Nullable String kind,
            @Nullable String replaces,
            @Nullable Recipe recipe,
            List<FileOfSet> files) {}

    /** How a set is built of raw ARC tasks. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Recipe(
            List<String> subsets,
            List<String> testSets,
            int augmentations,
            @Nullable Long seed) {}

    record FileOfSet(String path, String upload) {}

    record RankingRequest(String metric) {}

    /** All that a source has published. */
    record PublishedRequest(List<PublishedResult> results) {
        public static PublishedRequest of(List<PublishedResults.Result> results) {
            return new PublishedRequest(results.stream()
                    .map(result -> new PublishedResult(
                            result.method(),
                            result.parameters(),
                            result.benchmark(),
                            result.split(),
                            result.metric(),
                            result.percent(),
                            result.dollarsPerTask()))
                    .toList());
        }
    }

    /** @param percent 0 to 100 */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PublishedResult(
            String method,
            @Nullable String parameters,
            String benchmark,
            String split,
            String metric,
            double percent,
            @Nullable Double dollarsPerTask) {}

    /** What stands beside the boards now. */
    record Published(String label) {}

    /**
     * @param notes to read before its scores are believed
     * @param scores of 0 to 1, by metric
     * @param intervals at 95 %, by metric
     * @param answers null of a run; of answers there is no checkpoint, network or protocol
     */
    record Evaluation(
            String id,
            EvaluationState state,
            @Nullable Failure failure,
            @Nullable Canary canary,
            @Nullable TrainingOfApi training,
            boolean partial,
            @Nullable Answered answered,
            int repeat,
            @Nullable Verification verification,
            String model,
            String fileName,
            Fetch.@Nullable Origin origin,
            @Nullable String checkpoint,
            @Nullable String architecture,
            @Nullable Long coreParameters,
            @Nullable Long embeddingParameters,
            Map<String, String> configurationSources,
            List<String> notes,
            String puzzleSet,
            String puzzleSetKind,
            AnswersOfApi.@Nullable Said answers,
            @Nullable Protocol protocol,
            @Nullable Double meanSteps,
            long computeMillis,
            String createdAt,
            @Nullable String finishedAt,
            String mainMetric,
            Map<String, Double> scores,
            Map<String, Interval> intervals,
            int exampleCount,
            int examplesDone,
            @Nullable Progress progress) {}

    /**
     * Of an evaluation that ended early.
     *
     * @param tasks that were answered whole
     * @param of tasks of the puzzle set
     * @param atLeast of all of them, by metric
     */
    record Answered(int tasks, int of, Map<String, Double> atLeast) {}

    /**
     * What the demonstrations say that training saw.
     *
     * @param none why there is no canary; null where there is one
     * @param exact of the examples; null until all are answered
     * @param verdict null where nothing follows
     */
    record Canary(
            @Nullable String none,
            int examples,
            @Nullable Integer exact,
            @Nullable CanaryVerdict verdict,
            @Nullable String evidence,
            @Nullable String remedy) {}

    record Failure(String meaning, String reason, String remedy, List<String> log) {}

    record Protocol(String key, String label, int steps, boolean earlyHalting) {}

    record Interval(double low, double high) {}

    record Progress(
            @Nullable Integer queuePosition,
            @Nullable Double examplesPerSecond,
            @Nullable Double secondsLeft,
            int takingTurns,
            List<Solver> solvers) {}

    record Solver(
            String name,
            boolean alive,
            String device,
            @Nullable Long memoryBytes,
            long unitsSolved,
            long examplesSolved,
            @Nullable String evaluation,
            @Nullable Integer unit,
            String heartbeatAt) {}

    record Comparison(
            List<Evaluation> evaluations,
            int taskCount,
            List<Pattern> patterns,
            List<Pair> pairs,
            ComparedTasks tasks) {}

    record Pattern(List<Boolean> solved, int tasks) {}

    record Pair(int first, int second, int onlyFirst, int onlySecond, double pValue, boolean significant) {}

    record ComparedTasks(List<ComparedTask> tasks, @Nullable Integer next) {}

    record ComparedTask(String name, List<Boolean> solved) {}

    record PuzzleSet(
            String name,
            String kind,
            int taskCount,
            int exampleCount,
            int seqLen,
            int vocabSize,
            int identifierCount,
            String digest,
            String mainMetric) {}

    /** @param warnings the first few of warningCount */
    record ImportedPuzzleSet(
            String name,
            String kind,
            int taskCount,
            int exampleCount,
            int seqLen,
            int vocabSize,
            int identifierCount,
            String digest,
            List<String> warnings,
            int warningCount) {}

    /** @param protocol null: nothing was evaluated yet */
    record Leaderboard(
            String metric,
            @Nullable Protocol protocol,
            List<ProtocolUse> protocols,
            boolean solutionsHidden,
            @Nullable Without without,
            List<Entry> entries,
            List<AnswersOfApi.BesideBoard> answers) {}

    record ProtocolUse(Protocol protocol, int evaluations) {}

    record Without(String set, int leftOut, int remaining) {}

    record Entry(
            @Nullable Integer rank,
            String model,
            String checkpoint,
            String fileName,
            @Nullable Double score,
            long coreParameters,
            long embeddingParameters,
            long computeMillis,
            @Nullable String finishedAt,
            String evaluation) {}
}
