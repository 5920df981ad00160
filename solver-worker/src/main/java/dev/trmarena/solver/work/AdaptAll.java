package dev.trmarena.solver.work;

import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.checkpoint.EstimateOperations;
import dev.trmarena.artifacts.checkpoint.TrainerSettings;
import dev.trmarena.messages.WorkUnit;
import dev.trmarena.puzzles.score.Adaptation;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.puzzles.score.Protocol;
import dev.trmarena.puzzles.set.DemonstrationOrder;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.RowDemonstrations;
import dev.trmarena.solver.adapt.Batch;
import dev.trmarena.solver.adapt.KeptAdaptation;
import dev.trmarena.solver.adapt.Rows;
import dev.trmarena.solver.adapt.StepReport;
import dev.trmarena.solver.adapt.TrainingDiverged;
import dev.trmarena.solver.adapt.WriteAdapted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Trains all weights of a checkpoint on the demonstrations of a set, a few steps at a time: from what was kept of the steps before to what
 * is kept for those after, a file named by its SHA-256 in a folder that all solvers have in common; after the last step that is the adapted
 * checkpoint. Numbers and files are the same whoever does which steps, on the same kernels. See {@code docs/adaptation.md}.
 */
final class AdaptAll {
    private final CheckpointManifest manifest;
    private final Path weights;
    private final PuzzleSet set;
    private final Protocol protocol;
    private final Adaptation recipe;
    private final Adaptation.Weights rates;
    private final Path adaptations;
    private final UnitSolver.Steps steps;

    /**
     * @param manifest of the checkpoint
     * @param weights the canonical safetensors that it speaks of
     * @param adaptations has a folder for each evaluation
     * @param steps told of every training step, and asked after it
     */
    AdaptAll(
            CheckpointManifest manifest,
            Path weights,
            PuzzleSet set,
            Protocol protocol,
            Path adaptations,
            UnitSolver.Steps steps) {
        this.manifest = manifest;
        this.weights = weights;
        this.set = set;
        this.protocol = protocol;
        this.recipe = Objects.requireNonNull(protocol.adaptation(), "adaptation");
        this.rates = Objects.requireNonNull(recipe.weights(), "weights");
        this.adaptations = adaptations;
        this.steps = steps;
    }

    /**
     * @param mean of the rows of the checkpoint, with which each row begins
     * @throws IllegalArgumentException when the training diverges, naming the step
     * @throws CancellationException when nobody waits for it any more
     * @throws IOException when the folder cannot be read or written, or what was kept is not there, or damaged
     */
    UnitSolver.Answer leg(WorkUnit unit, float[] mean) throws IOException {
        Path folder = adaptations.resolve(unit.evaluation().toString());
        var order = DemonstrationOrder.of(set, example -> protocol.votes().votes(set, example), recipe.seed());
        Rows rows = Rows.all(set.manifest().identifierCount(), mean);
        long begun = System.nanoTime();
        try (var training = dev.trmarena.solver.adapt.Adaptation.begin(
                manifest, weights, rows, settings(), Dtype.FLOAT32, order.exploration())) {
            if (unit.point() != null) {
                KeptAdaptation.read(verified(folder.resolve(unit.point())), training);
            }
            if (training.steps() != unit.firstExample()) {
                throw new IOException("what was kept of the adaptation is of step " + training.steps()
                        + ", to be gone on with after step " + unit.firstExample());
            }
            // Whoever did the steps before drew the same.
            for (long drawn = 0; drawn < (long) unit.firstExample() * recipe.slots(); drawn++) {
                order.next();
            }
            List<Double> losses = trained(training, order, unit.endExample());
            String file = keep(training, folder);
            return new UnitSolver.Answer(
                    "generic", (System.nanoTime() - begun) / 1_000_000, List.of(), new UnitSolver.Leg(file, losses));
        } catch (TrainingDiverged e) {
            throw new IllegalArgumentException("adapting all weights: " + e.getMessage(), e);
        }
    }

    private List<Double> trained(dev.trmarena.solver.adapt.Adaptation training, DemonstrationOrder order, int last)
            throws IOException {
        double operations = recipe.slots()
                * EstimateOperations.ofTrainingStep(
                        manifest.hyperParameters(), set.manifest().seqLen());
        List<Double> losses = new ArrayList<>();
        while (training.steps() < last) {
            steps.begins(operations);
            StepReport report = training.step(batch(order));
            losses.add(report.lmLoss() / recipe.slots());
            if (steps.abandoned()) {
                throw new CancellationException("abandoned after training step " + report.step());
            }
        }
        return losses;
    }

    private Batch batch(DemonstrationOrder order) {
        int[][] inputs = new int[recipe.slots()][];
        int[][] labels = new int[recipe.slots()][];
        int[] identifiers = new int[recipe.slots()];
        for (int slot = 0; slot < inputs.length; slot++) {
            DemonstrationOrder.Shown next = order.next();
            RowDemonstrations shown = RowDemonstrations.of(set, next.example(), recipe.seed());
            inputs[slot] = shown.input(next.pair());
            labels[slot] = AdaptRows.label(set, shown, next.pair());
            identifiers[slot] = set.puzzleIdentifier(next.example());
        }
        return new Batch(inputs, labels, identifiers);
    }

    private TrainerSettings settings() {
        return new TrainerSettings(
                rates.lr(),
                recipe.puzzleEmbLr(),
                rates.weightDecay(),
                recipe.puzzleEmbWeightDecay(),
                recipe.lrWarmupSteps(),
                recipe.lrMinRatio(),
                rates.beta1(),
                rates.beta2(),
                rates.emaRate() > 0,
                rates.emaRate(),
                false,
                recipe.haltExplorationProb(),
                recipe.steps());
    }

    /** Under a name of its own until it is whole and on the disk: nobody sees half of it, and two solvers do not write into one file. */
    private String keep(dev.trmarena.solver.adapt.Adaptation training, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path written = folder.resolve(UUID.randomUUID() + ".unfinished");
        try {
            if (training.steps() == recipe.steps()) {
                WriteAdapted.checkpoint(training, written);
            } else {
                KeptAdaptation.write(training, written);
            }
            try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            String digest = digest(written);
            Files.move(
                    written,
                    folder.resolve(digest),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            return digest;
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /** What is damaged is removed, so that its steps are done again. */
    private static Path verified(Path file) throws IOException {
        try {
            String digest = digest(file);
            if (!digest.equals(file.getFileName().toString())) {
                Files.deleteIfExists(file);
                throw new IOException(
                        "what was kept of the adaptation is damaged: " + file + " has the SHA-256 " + digest);
            }
            return file;
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "what was kept of the adaptation is not there: " + file
                            + "; all solvers need the same folder (ARENA_ADAPTATIONS)",
                    e);
        }
    }

    private static String digest(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return DigestUtils.sha256Hex(in);
        }
    }
}
