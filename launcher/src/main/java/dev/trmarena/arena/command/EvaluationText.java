package dev.trmarena.arena.command;

import dev.trmarena.arena.client.AnswersOfApi;
import dev.trmarena.arena.client.ArenaApi.Answered;
import dev.trmarena.arena.client.ArenaApi.Canary;
import dev.trmarena.arena.client.ArenaApi.Evaluation;
import dev.trmarena.arena.client.ArenaApi.Failure;
import dev.trmarena.arena.client.ArenaApi.Interval;
import dev.trmarena.arena.client.ArenaApi.Protocol;
import dev.trmarena.arena.client.TrainingOfApi;
import dev.trmarena.limits.Printable;
import dev.trmarena.messages.CanaryVerdict;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An evaluation as people read it: what it is, how it stands, its scores, what it cost. */
final class EvaluationText {
    private EvaluationText() {}

    static void write(Evaluation evaluation, PrintStream out) {
        line(out, "evaluation", evaluation.id());
        line(out, "state", FollowEvaluation.line(evaluation));
        Failure failure = evaluation.failure();
        if (failure != null) {
            line(out, "failure", failure.meaning());
            line(out, "", failure.reason());
            line(out, "what to do", failure.remedy());
            failure.log().forEach(logged -> line(out, "", "| " + logged));
        }
        canary(evaluation, out);
        if (evaluation.partial()) {
            line(out, "scores", answered(evaluation) + "; not ranked");
        }
        if (evaluation.repeat() > 1 || evaluation.verification() != null) {
            line(out, "repeat", repeat(evaluation));
        }
        line(out, "model", evaluation.model());
        AnswersOfApi.Said answers = evaluation.answers();
        if (answers == null) {
            checkpoint(evaluation, out);
        } else {
            answers(evaluation, answers, out);
        }
        if (evaluation.origin() != null) {
            line(out, "from", evaluation.origin().page());
        }
        // What somebody chose of a file or an archive of several.
        for (String chosen : List.of("file", "weights")) {
            String which = evaluation.configurationSources().get(chosen);
            if (which != null) {
                line(out, chosen, which);
            }
        }
        evaluation.notes().forEach(note -> line(out, "note", note));
        line(out, "puzzle set", evaluation.puzzleSet() + " (" + evaluation.puzzleSetKind() + ")");
        Protocol protocol = evaluation.protocol();
        if (protocol != null) {
            line(out, "protocol", protocol(evaluation, protocol));
            training(evaluation.training(), out);
            line(out, "compute", seconds(evaluation.computeMillis()));
        }
        line(out, "created", evaluation.createdAt());
        line(out, "finished", text(evaluation.finishedAt()));
        scores(evaluation, out);
    }

    private static void training(@Nullable TrainingOfApi training, PrintStream out) {
        if (training != null) {
            String made = training.checkpoint();
            line(
                    out,
                    "adapted",
                    String.format(Locale.ROOT, "%,d of %,d training steps", training.step(), training.steps())
                            + (made == null ? "" : ", to the checkpoint " + digest(made)));
        }
    }

    private static void checkpoint(Evaluation evaluation, PrintStream out) {
        line(out, "checkpoint", evaluation.fileName() + "  " + digest(String.valueOf(evaluation.checkpoint())));
        line(
                out,
                "architecture",
                String.format(
                        Locale.ROOT,
                        "%s, %,d core + %,d embedding parameters",
                        evaluation.architecture(),
                        evaluation.coreParameters(),
                        evaluation.embeddingParameters()));
    }

    private static void answers(Evaluation evaluation, AnswersOfApi.Said answers, PrintStream out) {
        line(out, "kind", answers.label());
        line(out, "file", evaluation.fileName() + "  " + digest(answers.digest()));
        Double dollars = answers.dollarsPerTask();
        if (dollars != null) {
            line(out, "cost", String.format(Locale.ROOT, "$%.4f a task", dollars));
        }
        for (String address : Arrays.asList(answers.paper(), answers.code())) {
            if (address != null) {
                line(out, "see", address);
            }
        }
    }

    private static void canary(Evaluation evaluation, PrintStream out) {
        Canary canary = evaluation.canary();
        if (canary == null) {
            return;
        }
        line(out, "canary", words(canary, evaluation.state().isOver()));
        for (String more : Arrays.asList(canary.evidence(), canary.remedy())) {
            if (more != null) {
                line(out, "", more);
            }
        }
    }

    private static String words(Canary canary, boolean over) {
        if (canary.none() != null) {
            return "no canary: " + canary.none();
        }
        if (canary.exact() == null) {
            return over ? "not answered before it ended" : canary.examples() + " demonstrations, under way";
        }
        CanaryVerdict verdict = canary.verdict();
        String score = canary.exact() + " of " + canary.examples();
        return verdict == null || verdict == CanaryVerdict.FITS
                ? score
                : score + (verdict.suspect() ? ", suspect: " : ", ") + verdict.key();
    }

    /** How it was run, the steps that the examples took, and what early halting saved of them. */
    private static String protocol(Evaluation evaluation, Protocol protocol) {
        String label = protocol.label();
        Double mean = evaluation.meanSteps();
        if (mean == null) {
            return label;
        }
        String taken = String.format(Locale.ROOT, "%s (%.2f steps in the mean", label, mean);
        return protocol.earlyHalting()
                ? String.format(Locale.ROOT, "%s: %.0f %% saved)", taken, 100 * (1 - mean / protocol.steps()))
                : taken + ")";
    }

    /** Of how many tasks the scores of an evaluation are that ended early, and what the main one is of these and of all. */
    static String answered(Evaluation evaluation) {
        Answered answered = evaluation.answered();
        if (answered == null) {
            return "of what was answered before it ended";
        }
        String tasks = String.format(
                Locale.ROOT,
                "%,d of %,d %s answered",
                answered.tasks(),
                answered.of(),
                answered.of() == 1 ? "task" : "tasks");
        Double ofThese = evaluation.scores().get(evaluation.mainMetric());
        Double ofAll = answered.atLeast().get(evaluation.mainMetric());
        return ofThese == null || ofAll == null
                ? tasks
                : tasks + ": " + floor(ofThese) + " of these, at least " + floor(ofAll) + " of all";
    }

    /** Two digits, never more than there is: rounded up it would not be "at least" any more, nor a miss a miss. */
    private static String floor(double score) {
        return BigDecimal.valueOf(score).setScale(2, RoundingMode.FLOOR).toPlainString();
    }

    private static void scores(Evaluation evaluation, PrintStream out) {
        if (evaluation.scores().isEmpty()) {
            return;
        }
        Map<String, Interval> intervals = evaluation.intervals();
        Answered answered = evaluation.answered();
        var table = answered == null
                ? new Table("score", "value>", "95 % interval", "")
                : new Table("score", "of these>", "95 % interval of these", "of all, at least>");
        evaluation
                .scores()
                .forEach((metric, score) -> table.row(
                        metric,
                        number(score),
                        interval(intervals.get(metric)),
                        answered != null
                                ? number(answered.atLeast().get(metric))
                                : metric.equals(evaluation.mainMetric()) ? "← ranks" : ""));
        out.println();
        table.print(out);
    }

    private static String interval(@Nullable Interval interval) {
        return interval == null ? "" : number(interval.low()) + " to " + number(interval.high());
    }

    /** Between 0 and 1, or anything; six digits show every single cell of a large set. */
    static String number(@Nullable Double value) {
        return value == null ? "–" : String.format(Locale.ROOT, "%.6f", value);
    }

    static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }

    static String text(@Nullable Object value) {
        return value == null ? "–" : value.toString();
    }

    /** The first characters name a checkpoint well enough for people. */
    static String digest(String digest) {
        return digest.length() > 12 ? digest.substring(0, 12) : digest;
    }

    private static String repeat(Evaluation evaluation) {
        int which = evaluation.repeat();
        if (evaluation.verification() == null) {
            return String.valueOf(which);
        }
        return switch (evaluation.verification()) {
            case REPRODUCED -> which + ", reproduced: every answer is that of another repeat";
            case DIFFERS -> which + ", another repeat gave other answers";
        };
    }

    private static void line(PrintStream out, String name, String value) {
        out.println(String.format("%-13s %s", name, Printable.line(value)));
    }
}
