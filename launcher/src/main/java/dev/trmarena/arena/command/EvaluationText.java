package dev.trmarena.arena.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.Locale;

/** An evaluation as people read it: what it is, how it stands, its scores, what it cost. */
final class EvaluationText {
    private EvaluationText() {}

    static void write(JsonNode evaluation, PrintStream out) {
        line(out, "evaluation", text(evaluation, "id"));
        line(out, "state", state(evaluation));
        if (evaluation.hasNonNull("failure")) {
            JsonNode failure = evaluation.path("failure");
            line(out, "failure", text(failure, "meaning"));
            line(out, "", text(failure, "reason"));
            line(out, "what to do", text(failure, "remedy"));
            failure.path("log").forEach(logged -> line(out, "", "| " + logged.asText()));
        }
        if (evaluation.path("partial").asBoolean()) {
            line(out, "scores", "of the examples that were answered before it ended; they are not ranked");
        }
        if (evaluation.path("repeat").asInt(1) > 1 || evaluation.hasNonNull("verification")) {
            line(out, "repeat", repeat(evaluation));
        }
        line(out, "model", text(evaluation, "model"));
        line(out, "checkpoint", text(evaluation, "fileName") + "  " + digest(text(evaluation, "checkpoint")));
        line(out, "architecture", text(evaluation, "architecture") + ", " + parameters(evaluation));
        line(out, "puzzle set", text(evaluation, "puzzleSet") + " (" + text(evaluation, "puzzleSetKind") + ")");
        line(out, "protocol", protocol(evaluation));
        line(out, "compute", seconds(evaluation.path("computeMillis")));
        line(out, "created", text(evaluation, "createdAt"));
        line(out, "finished", text(evaluation, "finishedAt"));
        scores(evaluation, out);
    }

    /** How it was run, and what early halting saved. */
    private static String protocol(JsonNode evaluation) {
        JsonNode protocol = evaluation.path("protocol");
        JsonNode mean = evaluation.path("meanSteps");
        boolean early = protocol.path("earlyHalting").asBoolean() && mean.isNumber();
        double steps = protocol.path("steps").asDouble();
        return text(protocol, "label")
                + (early
                        ? String.format(
                                Locale.ROOT,
                                " (%.2f steps in the mean: %.0f %% saved)",
                                mean.asDouble(),
                                100 * (1 - mean.asDouble() / steps))
                        : "");
    }

    static void scores(JsonNode evaluation, PrintStream out) {
        JsonNode scores = evaluation.path("scores");
        if (scores.isEmpty()) {
            return;
        }
        String main = evaluation.path("mainMetric").asText();
        var table = new Table("score", "value>", "95 % interval", "");
        scores.properties()
                .forEach(score -> table.row(
                        score.getKey(),
                        number(score.getValue()),
                        interval(evaluation.path("intervals").path(score.getKey())),
                        score.getKey().equals(main) ? "← ranks" : ""));
        out.println();
        table.print(out);
    }

    private static String interval(JsonNode interval) {
        return interval.isObject() ? number(interval.path("low")) + " to " + number(interval.path("high")) : "";
    }

    /** Between 0 and 1, or anything; six digits show every single cell of a large set. */
    static String number(JsonNode value) {
        return value.isNumber() ? String.format(Locale.ROOT, "%.6f", value.asDouble()) : "–";
    }

    static String seconds(JsonNode millis) {
        return millis.isNumber() ? String.format(Locale.ROOT, "%.1f s", millis.asDouble() / 1000) : "–";
    }

    static String text(JsonNode from, String field) {
        JsonNode value = from.path(field);
        return value.isNull() || value.isMissingNode() ? "–" : value.asText();
    }

    /** The first characters name a checkpoint well enough for people. */
    static String digest(String digest) {
        return digest.length() > 12 ? digest.substring(0, 12) : digest;
    }

    static String parameters(JsonNode from) {
        return String.format(
                Locale.ROOT,
                "%,d core + %,d embedding parameters",
                from.path("coreParameters").asLong(),
                from.path("embeddingParameters").asLong());
    }

    private static String state(JsonNode evaluation) {
        return FollowEvaluation.line(evaluation);
    }

    private static String repeat(JsonNode evaluation) {
        String which = evaluation.path("repeat").asText();
        return switch (evaluation.path("verification").asText()) {
            case "verified" -> which + ", verified: every answer is that of another repeat";
            case "differs" -> which + ", another repeat gave other answers";
            default -> which;
        };
    }

    private static void line(PrintStream out, String name, String value) {
        out.println(String.format("%-13s %s", name, value));
    }
}
