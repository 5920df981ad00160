package dev.trmarena.ingest.plan;

import dev.trmarena.artifacts.checkpoint.EstimateOperations;
import dev.trmarena.artifacts.checkpoint.HyperParameters;
import dev.trmarena.db.plan.NewEvaluation;
import dev.trmarena.db.plan.Priority;
import dev.trmarena.db.plan.PuzzleSetRow;
import dev.trmarena.ingest.inspect.FitToPuzzleSet;
import dev.trmarena.ingest.inspect.WorkLimit;
import dev.trmarena.puzzles.score.Protocol;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Cuts the examples that a protocol runs into work units. */
@ApplicationScoped
class CutIntoUnits {
    private final PlanConfig config;
    private final SelectExamples selectExamples;
    private final WorkLimit workLimit;
    private final ChooseCanary chooseCanary;

    CutIntoUnits(PlanConfig config, SelectExamples selectExamples, WorkLimit workLimit, ChooseCanary chooseCanary) {
        this.config = config;
        this.selectExamples = selectExamples;
        this.workLimit = workLimit;
        this.chooseCanary = chooseCanary;
    }

    /**
     * @param hyper of the checkpoint: how much work an example is
     * @param model name of the line of checkpoints
     * @throws dev.trmarena.http.refuse.Refusal 422 for more work than an evaluation may be, and more answers than scoring may hold
     */
    NewEvaluation cut(HyperParameters hyper, PuzzleSetRow set, String model, Protocol protocol, Wish wish) {
        int[] examples = selectExamples.of(set, protocol);
        workLimit.check(hyper, set, protocol, examples.length);
        selectExamples.requireFewAtOnce(set, protocol, examples.length);
        int size = size(hyper, set, protocol);
        List<NewEvaluation.Unit> units = new ArrayList<>();
        for (int from = 0; from < examples.length; from += size) {
            int count = Math.min(size, examples.length - from);
            int end = examples[from + count - 1] + 1;
            units.add(new NewEvaluation.Unit(units.size(), examples[from], end, count));
        }
        return new NewEvaluation(
                UUID.randomUUID(),
                set.id(),
                model,
                protocol,
                wish.priority(),
                wish.again(),
                examples.length,
                units,
                chooseCanary.of(set, protocol, examples.length, wish.stopIfSuspect()),
                FitToPuzzleSet.notes(hyper, set));
    }

    /** What a request says besides what is to be run. */
    record Wish(Priority priority, boolean again, boolean stopIfSuspect) {}

    private int size(HyperParameters hyper, PuzzleSetRow set, Protocol protocol) {
        double each = EstimateOperations.ofStep(hyper, set.seqLen()) * protocol.steps();
        double most = Math.min(config.unitExamples(), config.unitOperations() / each);
        return (int) Math.max(1, Math.min(most, config.unitTokens() / set.seqLen()));
    }
}
