package dev.trmarena.leaderboard.board;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.trmarena.db.board.AnswersView;
import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.ProtocolView;
import dev.trmarena.db.board.PuzzleSetView;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation as the part of a model card's front matter that hubs read results from. Texts are written as JSON has them, which is
 * YAML, too, whatever they hold.
 *
 * <p>Source: huggingface/hub-docs, {@code modelcard.md}, {@code model-index}.
 */
final class ModelIndex {
    private ModelIndex() {}

    /** @param page where people find the evaluation; null when nobody said so */
    static String of(EvaluationView evaluation, PuzzleSetView set, @Nullable String page) {
        var yaml = new StringBuilder();
        yaml.append("model-index:\n");
        yaml.append("- name: ").append(quoted(evaluation.model())).append('\n');
        yaml.append("  results:\n");
        yaml.append("  - task:\n");
        yaml.append("      type: other\n");
        yaml.append("      name: ")
                .append(quoted("solving puzzles: " + set.kind()))
                .append('\n');
        yaml.append("    dataset:\n");
        yaml.append("      type: ").append(quoted(set.name())).append('\n');
        yaml.append("      name: ").append(quoted(set.name())).append('\n');
        yaml.append("      revision: ").append(quoted(set.digest())).append('\n');
        yaml.append("    metrics:\n");
        writeMetric(yaml, evaluation, evaluation.mainMetric());
        new TreeMap<>(evaluation.scores())
                .keySet().stream()
                        .filter(metric -> !metric.equals(evaluation.mainMetric()))
                        .forEach(metric -> writeMetric(yaml, evaluation, metric));
        if (page != null) {
            yaml.append("    source:\n");
            yaml.append("      name: trm-arena\n");
            yaml.append("      url: ").append(quoted(page)).append('\n');
        }
        return yaml.toString();
    }

    private static void writeMetric(StringBuilder yaml, EvaluationView evaluation, String metric) {
        Double score = evaluation.scores().get(metric);
        if (score == null) {
            return;
        }
        yaml.append("    - type: ").append(quoted(metric)).append('\n');
        yaml.append("      value: ")
                .append(String.format(Locale.ROOT, "%.6f", score))
                .append('\n');
        yaml.append("      name: ")
                .append(quoted(metric + ", " + how(evaluation)))
                .append('\n');
    }

    /** How it was run, or that it was not. */
    private static String how(EvaluationView evaluation) {
        ProtocolView protocol = evaluation.protocol();
        return protocol == null ? AnswersView.LABEL : protocol.label();
    }

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
