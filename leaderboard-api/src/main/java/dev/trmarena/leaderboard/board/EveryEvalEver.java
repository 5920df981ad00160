package dev.trmarena.leaderboard.board;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.ProtocolView;
import dev.trmarena.db.board.PuzzleSetView;
import dev.trmarena.puzzles.score.Interval;
import dev.trmarena.puzzles.set.PuzzleKind;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finished evaluations as records of Every Eval Ever, one for each: who measured what of which model by which protocol, and how sure it
 * is. What the schema has no field for is under {@code additional_details}, whose values are texts.
 *
 * <p>Source: github.com/evaleval/every_eval_ever, {@code every_eval_ever/schemas/eval.schema.json}, version {@value #VERSION}.
 */
final class EveryEvalEver {
    static final String VERSION = "0.2.2";

    private static final String HERE = "trm-arena";
    private static final double CONFIDENCE = 0.95;
    private static final int RESAMPLES = 10_000;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final PuzzleSetView set;
    private final ProtocolView protocol;
    private final String metric;
    private final Map<String, String> ofSet;

    /** @param metric the one that ranks @param without tasks that are left out; null for none */
    private EveryEvalEver(
            PuzzleSetView set, ProtocolView protocol, String metric, Leaderboard.@Nullable Without without) {
        this.set = set;
        this.protocol = protocol;
        this.metric = metric;
        this.ofSet = new LinkedHashMap<>();
        ofSet.put("kind", set.kind());
        ofSet.put("tasks", String.valueOf(without == null ? set.taskCount() : without.remaining()));
        if (without != null) {
            ofSet.put("without_tasks_of", without.set());
            ofSet.put("without_tasks_of_digest", without.digest());
        }
    }

    /** What was run, as far as a record says it. */
    private record Run(
            UUID id,
            String model,
            String checkpoint,
            String fileName,
            String architecture,
            long coreParameters,
            long embeddingParameters,
            @Nullable Double meanSteps,
            Map<String, Double> scores,
            Map<String, Interval> intervals,
            Instant finishedAt) {}

    /** @param evaluation finished, run here, of a set whose solutions are known */
    static ObjectNode of(EvaluationView evaluation, PuzzleSetView set) {
        ProtocolView protocol = Objects.requireNonNull(evaluation.protocol(), "protocol");
        var writer = new EveryEvalEver(set, protocol, evaluation.mainMetric(), null);
        ObjectNode written = writer.write(new Run(
                evaluation.id(),
                evaluation.model(),
                Objects.requireNonNull(evaluation.checkpoint(), "checkpoint"),
                evaluation.fileName(),
                Objects.requireNonNull(evaluation.architecture(), "architecture"),
                Objects.requireNonNull(evaluation.coreParameters(), "coreParameters"),
                Objects.requireNonNull(evaluation.embeddingParameters(), "embeddingParameters"),
                evaluation.meanSteps(),
                evaluation.scores(),
                evaluation.intervals(),
                Objects.requireNonNull(evaluation.finishedAt(), "finishedAt")));
        ObjectNode details = (ObjectNode) written.at("/model_info/additional_details");
        evaluation
                .hyperParameters()
                .forEach((name, value) -> details.put("hyper_parameter." + name, String.valueOf(value)));
        return written;
    }

    /** The entries that have a score, best first; what others published stays with whom it is from. */
    static List<ObjectNode> of(Leaderboard board) {
        ProtocolView protocol = board.protocol();
        if (protocol == null) {
            return List.of();
        }
        var writer = new EveryEvalEver(board.puzzleSet(), protocol, board.metric(), board.without());
        return board.entries().stream()
                .filter(entry -> !entry.scores().isEmpty() && entry.finishedAt() != null)
                .map(entry -> writer.write(new Run(
                        entry.evaluation(),
                        entry.model(),
                        entry.checkpoint(),
                        entry.fileName(),
                        entry.architecture(),
                        entry.coreParameters(),
                        entry.embeddingParameters(),
                        entry.meanSteps(),
                        entry.scores(),
                        entry.interval() == null ? Map.of() : Map.of(board.metric(), entry.interval()),
                        Objects.requireNonNull(entry.finishedAt(), "finishedAt"))))
                .toList();
    }

    private ObjectNode write(Run run) {
        String second = String.valueOf(run.finishedAt().getEpochSecond());
        ObjectNode record = JSON.objectNode();
        record.put("schema_version", VERSION);
        record.put("evaluation_id", set.name() + "/" + run.model() + "/" + second);
        record.put("evaluation_timestamp", run.finishedAt().toString());
        // A finished evaluation never changes: its record is the same whoever asks for it, and whenever.
        record.put("retrieved_timestamp", second);
        ObjectNode source = record.putObject("source_metadata");
        source.put("source_name", HERE);
        source.put("source_type", "evaluation_run");
        source.put("source_organization_name", HERE);
        // Who runs a platform, and whose model it was given, nobody has said.
        source.put("evaluator_relationship", "other");
        details(source, Map.of("evaluation", run.id().toString()));
        record.putObject("eval_library").put("name", HERE).put("version", "unknown");
        writeModel(record.putObject("model_info"), run);
        var results = record.putArray("evaluation_results");
        new TreeMap<>(run.scores()).forEach((name, score) -> writeScore(results.addObject(), run, name, score));
        return record;
    }

    private static void writeModel(ObjectNode model, Run run) {
        model.put("name", run.model());
        model.put("id", run.model());
        model.putObject("inference_engine").put("name", "libtorch");
        var details = new LinkedHashMap<String, String>();
        details.put("architecture", run.architecture());
        details.put("core_parameters", String.valueOf(run.coreParameters()));
        details.put("embedding_parameters", String.valueOf(run.embeddingParameters()));
        details.put("checkpoint_file", run.fileName());
        details.put("checkpoint_tensors_sha256", run.checkpoint());
        details(model, details);
    }

    private void writeScore(ObjectNode result, Run run, String name, double score) {
        result.put("evaluation_result_id", run.id() + "/" + name);
        result.put("evaluation_name", set.name());
        result.put("evaluation_timestamp", run.finishedAt().toString());
        ObjectNode data = result.putObject("source_data");
        data.put("dataset_name", set.name());
        data.put("source_type", "other");
        data.put("source_id", set.digest());
        details(data, ofSet);
        ObjectNode config = result.putObject("metric_config");
        config.put("metric_id", name);
        config.put("metric_name", name);
        config.put("metric_unit", "proportion");
        config.put("lower_is_better", false);
        config.put("score_type", "continuous");
        config.put("min_score", 0);
        config.put("max_score", 1);
        details(config, Map.of("ranks_the_board", String.valueOf(name.equals(metric))));
        ObjectNode scored = result.putObject("score_details");
        scored.put("score", score);
        Interval interval = run.intervals().get(name);
        if (interval != null) {
            writeUncertainty(scored.putObject("uncertainty"), interval);
        }
        details(result.putObject("generation_config"), protocol(run));
    }

    private void writeUncertainty(ObjectNode uncertainty, Interval interval) {
        boolean bootstrap = PuzzleKind.named(set.kind()).augmented();
        uncertainty
                .putObject("confidence_interval")
                .put("lower", interval.low())
                .put("upper", interval.high())
                .put("confidence_level", CONFIDENCE)
                .put("method", bootstrap ? "percentile bootstrap over tasks" : "Wilson");
        if (bootstrap) {
            uncertainty.put("num_bootstrap_samples", RESAMPLES);
        }
    }

    private Map<String, String> protocol(Run run) {
        var details = new LinkedHashMap<String, String>();
        details.put("protocol", protocol.key());
        details.put("protocol_label", protocol.label());
        details.put("as_the_authors_report", String.valueOf(protocol.whole()));
        if (run.meanSteps() != null) {
            details.put("mean_steps", String.valueOf(run.meanSteps()));
        }
        return details;
    }

    private static void details(ObjectNode owner, Map<String, String> details) {
        ObjectNode written = owner.putObject("additional_details");
        details.forEach(written::put);
    }
}
