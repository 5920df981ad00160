package dev.trmarena.ingest.plan;

import dev.trmarena.artifacts.checkpoint.EstimateOperations;
import dev.trmarena.artifacts.checkpoint.HyperParameters;
import dev.trmarena.db.plan.NewEvaluation;
import dev.trmarena.db.plan.Priority;
import dev.trmarena.db.plan.PuzzleSetRow;
import dev.trmarena.ingest.inspect.FitToPuzzleSet;
import dev.trmarena.ingest.inspect.WorkLimit;
import dev.trmarena.ingest.puzzleset.SetForSolvers;
import dev.trmarena.puzzles.score.Adaptation;
import dev.trmarena.puzzles.score.Protocol;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Cuts the examples that a protocol runs into work units. */
@ApplicationScoped
class CutIntoUnits {
    private static final int LEAST_LEGS = 8;

    private final PlanConfig config;
    private final SelectExamples selectExamples;
    private final SetForSolvers setForSolvers;
    private final WorkLimit workLimit;
    private final ChooseCanary chooseCanary;

    CutIntoUnits(
            PlanConfig config,
            SelectExamples selectExamples,
            SetForSolvers setForSolvers,
            WorkLimit workLimit,
            ChooseCanary chooseCanary) {
        this.config = config;
        this.selectExamples = selectExamples;
        this.setForSolvers = setForSolvers;
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
        Adaptation adaptation = protocol.adaptation();
        boolean adapts = adaptation != null && adaptation.isOfUnits();
        // Rows are adapted each for itself, so examples of one row stay together and the row is adapted once.
        List<int[]> together = adapts ? selectExamples.byRow(set, examples) : List.of();
        workLimit.check(hyper, set, protocol, examples.length, together.size());
        selectExamples.requireFewAtOnce(set, protocol, examples.length);
        return new NewEvaluation(
                UUID.randomUUID(),
                set.id(),
                model,
                protocol,
                wish.priority(),
                wish.again(),
                examples.length,
                adapts ? ofRows(hyper, set, protocol, together) : ofExamples(hyper, set, protocol, examples),
                adaptation != null ? setForSolvers.of(set) : null,
                adaptation == null || adapts ? null : leg(hyper, set, adaptation),
                chooseCanary.of(set, protocol, examples.length, wish.stopIfSuspect()),
                FitToPuzzleSet.notes(hyper, set, protocol));
    }

    /** Of a short stage, too, there is something to be seen before it is over. */
    private int leg(HyperParameters hyper, PuzzleSetRow set, Adaptation adaptation) {
        double operations = EstimateOperations.ofTrainingStep(hyper, set.seqLen()) * adaptation.slots();
        return (int) Math.max(1, Math.min(adaptation.steps() / LEAST_LEGS, config.legOperations() / operations));
    }

    /** What a request says besides what is to be run. */
    record Wish(Priority priority, boolean again, boolean stopIfSuspect) {}

    private List<NewEvaluation.Unit> ofExamples(
            HyperParameters hyper, PuzzleSetRow set, Protocol protocol, int[] examples) {
        double operations = EstimateOperations.ofStep(hyper, set.seqLen()) * protocol.steps();
        int size = (int) Math.max(1, Math.min(mostExamples(set), config.unitOperations() / operations));
        List<NewEvaluation.Unit> units = new ArrayList<>();
        for (int from = 0; from < examples.length; from += size) {
            int count = Math.min(size, examples.length - from);
            int end = examples[from + count - 1] + 1;
            units.add(new NewEvaluation.Unit(units.size(), examples[from], end, count));
        }
        return units;
    }

    /** @param rows the examples of each */
    private List<NewEvaluation.Unit> ofRows(
            HyperParameters hyper, PuzzleSetRow set, Protocol protocol, List<int[]> rows) {
        double ofExample = EstimateOperations.ofStep(hyper, set.seqLen()) * protocol.steps();
        double ofRow = WorkLimit.ofRow(hyper, set, protocol);
        List<NewEvaluation.Unit> units = new ArrayList<>();
        for (int from = 0; from < rows.size(); ) {
            int count = 0;
            double operations = 0;
            int to = from;
            do {
                count += rows.get(to).length;
                operations += ofRow + ofExample * rows.get(to).length;
                to++;
            } while (to < rows.size()
                    && count + rows.get(to).length <= mostExamples(set)
                    && operations + ofRow + ofExample * rows.get(to).length <= config.unitOperations());
            int[] last = rows.get(to - 1);
            units.add(new NewEvaluation.Unit(units.size(), rows.get(from)[0], last[last.length - 1] + 1, count));
            from = to;
        }
        return units;
    }

    private int mostExamples(PuzzleSetRow set) {
        return Math.min(config.unitExamples(), config.unitTokens() / set.seqLen());
    }
}
