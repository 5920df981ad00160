package dev.trmarena.ingest.inspect;

import dev.trmarena.artifacts.checkpoint.EstimateOperations;
import dev.trmarena.artifacts.checkpoint.HyperParameters;
import dev.trmarena.db.plan.PuzzleSetRow;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.puzzles.score.Adaptation;
import dev.trmarena.puzzles.score.Protocol;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Work ends: what would keep the solvers for years, or inside one native call for hours, is refused when it is asked for. */
@Singleton
@Startup
public class WorkLimit {
    private static final int UNPROCESSABLE = 422;
    private static final String SETTING = "arena.limit.";

    private final double step;
    private final double evaluation;
    private final Map<String, Double> sets;

    /** @throws IllegalArgumentException for a limit that is none: it ends the start */
    @Inject
    WorkLimit(WorkLimitConfig config) {
        this(
                config.stepOperations(),
                config.evaluationOperations(),
                config.setOperations().orElse(""));
    }

    WorkLimit(double step, double evaluation, String sets) {
        this.step = positive("step-operations", String.valueOf(step));
        this.evaluation = positive("evaluation-operations", String.valueOf(evaluation));
        this.sets = new HashMap<>();
        for (String pair : sets.split(",", -1)) {
            if (!pair.isBlank()) {
                int equals = pair.lastIndexOf('=');
                String name = pair.substring(0, Math.max(0, equals)).strip();
                if (name.isEmpty()) {
                    throw noLimit("set-operations", pair);
                }
                this.sets.put(name, positive("set-operations", pair.substring(equals + 1)));
            }
        }
    }

    private static double positive(String setting, String text) {
        double limit;
        try {
            limit = Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw noLimit(setting, text);
        }
        if (!(limit > 0)) {
            throw noLimit(setting, text);
        }
        return limit;
    }

    private static IllegalArgumentException noLimit(String setting, String text) {
        return new IllegalArgumentException(SETTING + setting + ": '" + text.strip()
                + "' is not a number of operations; write one above 0, and of sets each with its name, as in"
                + " 'arc-agi-1 = 1E20, my-set = 2E15'");
    }

    /** Operations that an evaluation on this set may take. */
    double mostOperations(String puzzleSet) {
        return sets.getOrDefault(puzzleSet, evaluation);
    }

    /** @return both numbers where one improvement step of one example is more than any may be; else null */
    @Nullable
    String stepProblem(HyperParameters hyper, PuzzleSetRow set) {
        double operations = EstimateOperations.ofStep(hyper, set.seqLen());
        return operations <= step
                ? null
                : "an improvement step of one example of '" + set.name() + "' is " + shown(operations)
                        + " operations, more than the " + shown(step) + " that it may be";
    }

    /**
     * What passes is bounded, however it is asked for.
     *
     * @param examples that the protocol runs
     * @param rows that it adapts
     * @throws Refusal 422 with both numbers and what to change
     */
    public void check(HyperParameters hyper, PuzzleSetRow set, Protocol protocol, int examples, int rows) {
        String tooMuch = stepProblem(hyper, set);
        if (tooMuch != null) {
            throw new Refusal(
                    UNPROCESSABLE,
                    tooMuch,
                    "lower the cycles of the checkpoint (H_cycles is " + hyper.hCycles() + ", L_cycles is "
                            + hyper.lCycles() + "); whoever runs the platform can raise " + SETTING
                            + "step-operations");
        }
        double each = EstimateOperations.ofStep(hyper, set.seqLen());
        double adapting = ofRow(hyper, set, protocol) * rows + ofAll(hyper, set, protocol);
        double all = each * protocol.steps() * examples + adapting;
        double most = mostOperations(set.name());
        if (!(all <= most)) {
            throw new Refusal(
                    UNPROCESSABLE,
                    "the evaluation is " + shown(all) + " operations (" + shown(each) + " in a step of an example, "
                            + protocol.steps() + " steps, " + examples + " examples"
                            + (adapting > 0
                                    ? "; " + shown(adapting) + " to adapt "
                                            + (rows > 0 ? rows + " rows" : "all weights")
                                    : "")
                            + "), more than the " + shown(most)
                            + " that one on '" + set.name() + "' may be",
                    "ask for fewer steps" + (adapting > 0 ? " of either sort" : "")
                            + " or augmentations; whoever runs the platform can raise " + SETTING
                            + (sets.containsKey(set.name()) ? "set-operations" : "evaluation-operations"));
        }
    }

    /** Operations that it takes to adapt one row; 0 where none is. */
    public static double ofRow(HyperParameters hyper, PuzzleSetRow set, Protocol protocol) {
        Adaptation adaptation = protocol.adaptation();
        return adaptation != null && adaptation.isOfUnits() ? training(hyper, set, adaptation) : 0;
    }

    /** Operations of the stage in which all weights are adapted; 0 where there is none. */
    private static double ofAll(HyperParameters hyper, PuzzleSetRow set, Protocol protocol) {
        Adaptation adaptation = protocol.adaptation();
        return adaptation != null && !adaptation.isOfUnits() ? training(hyper, set, adaptation) : 0;
    }

    private static double training(HyperParameters hyper, PuzzleSetRow set, Adaptation adaptation) {
        return EstimateOperations.ofTrainingStep(hyper, set.seqLen()) * adaptation.examples();
    }

    /** {@code 6.4E16} */
    private static String shown(double operations) {
        return String.format(Locale.ROOT, "%.1E", operations).replaceAll("E\\+0?", "E");
    }
}
