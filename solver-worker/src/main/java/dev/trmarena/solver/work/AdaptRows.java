package dev.trmarena.solver.work;

import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.checkpoint.EstimateOperations;
import dev.trmarena.artifacts.checkpoint.TrainerSettings;
import dev.trmarena.artifacts.safetensors.SafetensorsFile;
import dev.trmarena.puzzles.score.Adaptation;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.RowDemonstrations;
import dev.trmarena.solver.adapt.Batch;
import dev.trmarena.solver.adapt.Rows;
import dev.trmarena.solver.adapt.TrainingDiverged;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

/**
 * Trains the rows of some examples on the demonstrations of their tasks, each row for itself: in steps of its own, by its own schedule and
 * from its own stream of random numbers. So what becomes of a row does not depend on what else its unit has, to the last bit on the same
 * kernels. See {@code docs/adaptation.md}.
 */
final class AdaptRows {
    private static final int NOT_LEARNT = -100;

    private final CheckpointManifest manifest;
    private final Path weights;
    private final PuzzleSet set;
    private final Adaptation recipe;
    private final UnitSolver.Steps steps;

    /**
     * @param manifest of the checkpoint
     * @param weights the canonical safetensors that it speaks of
     * @param steps told of every training step, and asked after it
     */
    AdaptRows(CheckpointManifest manifest, Path weights, PuzzleSet set, Adaptation recipe, UnitSolver.Steps steps) {
        this.manifest = manifest;
        this.weights = weights;
        this.set = set;
        this.recipe = recipe;
        this.steps = steps;
    }

    /** The mean of the rows of a checkpoint, with which each row begins. It takes reading the whole table. */
    static float[] mean(Path weights) throws IOException {
        try (var tensors = SafetensorsFile.open(weights)) {
            return Rows.mean(tensors);
        }
    }

    /**
     * @param mean of the rows of the checkpoint
     * @param units examples of the set; rows of others stay at the mean
     * @throws IllegalArgumentException when the training diverges, naming the row and the step
     * @throws CancellationException when nobody waits for the answer any more
     */
    Rows rows(float[] mean, List<int[]> units) throws IOException {
        Rows rows = Rows.all(set.manifest().identifierCount(), mean);
        Map<Integer, Integer> exampleOfRow = new LinkedHashMap<>();
        for (int[] unit : units) {
            for (int example : unit) {
                exampleOfRow.putIfAbsent(set.puzzleIdentifier(example), example);
            }
        }
        if (recipe.steps() == 0) {
            return rows;
        }
        try (var training =
                dev.trmarena.solver.adapt.Adaptation.begin(manifest, weights, rows, settings(), Dtype.FLOAT32, 0)) {
            for (Map.Entry<Integer, Integer> each : exampleOfRow.entrySet()) {
                RowDemonstrations shown = RowDemonstrations.of(set, each.getValue(), recipe.seed());
                if (shown.size() > 0) {
                    adapt(training, each.getKey(), shown);
                }
            }
        }
        return rows;
    }

    private void adapt(dev.trmarena.solver.adapt.Adaptation training, int row, RowDemonstrations shown)
            throws IOException {
        double operations = recipe.slots()
                * EstimateOperations.ofTrainingStep(
                        manifest.hyperParameters(), set.manifest().seqLen());
        training.beginAnew(shown.random().nextLong());
        try {
            for (int step = 1; step <= recipe.steps(); step++) {
                steps.begins(operations);
                training.step(batch(row, shown));
                if (steps.abandoned()) {
                    throw new CancellationException("abandoned after training step " + step + " of row " + row);
                }
            }
        } catch (TrainingDiverged e) {
            throw new IllegalArgumentException("row " + row + " of the puzzle embedding: " + e.getMessage(), e);
        }
    }

    private Batch batch(int row, RowDemonstrations shown) {
        int[][] inputs = new int[recipe.slots()][];
        int[][] labels = new int[recipe.slots()][];
        int[] identifiers = new int[recipe.slots()];
        for (int slot = 0; slot < inputs.length; slot++) {
            int pair = shown.next();
            inputs[slot] = shown.input(pair);
            labels[slot] = label(set, shown, pair);
            identifiers[slot] = row;
        }
        return new Batch(inputs, labels, identifiers);
    }

    /** What is to be learnt of a demonstration, as a training step takes it. */
    static int[] label(PuzzleSet set, RowDemonstrations shown, int pair) {
        int[] label = shown.label(pair);
        Integer ignored = set.manifest().ignoreLabel();
        for (int i = 0; ignored != null && i < label.length; i++) {
            label[i] = label[i] == ignored ? NOT_LEARNT : label[i];
        }
        return label;
    }

    /** What is said of weights holds for nothing: they are frozen. */
    private TrainerSettings settings() {
        return new TrainerSettings(
                0,
                recipe.puzzleEmbLr(),
                0,
                recipe.puzzleEmbWeightDecay(),
                recipe.lrWarmupSteps(),
                recipe.lrMinRatio(),
                0,
                0,
                false,
                0,
                true,
                recipe.haltExplorationProb(),
                recipe.steps());
    }
}
