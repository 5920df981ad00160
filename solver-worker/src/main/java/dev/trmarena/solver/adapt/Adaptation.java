package dev.trmarena.solver.adapt;

import dev.trmarena.artifacts.checkpoint.Architecture;
import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.checkpoint.TrainerSettings;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.solver.model.Improved;
import dev.trmarena.solver.model.TrainableNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The authors' training, gone on with from a checkpoint: rows of the puzzle embedding by the sign of their gradients, with
 * {@code freeze_weights} nothing else, else the weights, too, by AdamATan2. Whoever feeds it decides what is learnt and in which order.
 *
 * <p>With frozen weights in float32, without exploration and at equal rates, what becomes of a row depends on its own slots alone: rows can
 * be adapted in any grouping. Source: {@code train_batch} of {@code pretrain.py}; {@code docs/adaptation.md}.
 */
public final class Adaptation implements AutoCloseable {
    private final TrainableNetwork network;
    private final TrainerSettings settings;
    private final Rows rows;
    private long seed;
    /** Whether a slot halts when its halt logit is above its continue logit; else when it is above 0. */
    private final boolean compares;

    private int steps;
    private @Nullable Slots slots;

    private Adaptation(
            CheckpointManifest manifest, TrainableNetwork network, Rows rows, TrainerSettings settings, long seed) {
        this.network = network;
        this.rows = rows;
        this.settings = settings;
        this.seed = seed;
        this.compares =
                manifest.architecture() == Architecture.HRM || manifest.architecture() == Architecture.TRANSFORMER;
        if (!settings.freezeWeights() && settings.ema()) {
            network.beginAverage();
        }
    }

    /**
     * @param weights the canonical safetensors that the manifest speaks of
     * @param rows the set's; what they are afterwards, {@link Rows#row} says
     * @param settings what {@code freezeWeights} says of weights holds for this
     * @param dtype what to compute in; null for the checkpoint's own {@code forward_dtype}. Rows are reproducible in float32 alone
     * @param seed of the exploration; nothing else is drawn here
     * @throws IllegalArgumentException when nobody knows how such a network is trained, or rows are of another width
     */
    public static Adaptation begin(
            CheckpointManifest manifest,
            Path weights,
            Rows rows,
            TrainerSettings settings,
            @Nullable Dtype dtype,
            long seed)
            throws IOException {
        int width = manifest.hyperParameters().puzzleEmbNdim();
        if (rows.width() != width) {
            throw new IllegalArgumentException(
                    "rows of " + rows.width() + " numbers; those of the checkpoint have " + width);
        }
        if (width == 0 && settings.freezeWeights()) {
            throw new IllegalArgumentException(
                    "the network has no puzzle embedding, so that with frozen weights there is nothing to adapt");
        }
        var network = TrainableNetwork.open(manifest, weights, dtype, !settings.freezeWeights());
        return new Adaptation(manifest, network, rows, settings, seed);
    }

    /**
     * One step: slots that halted take their example of the batch, every slot is improved once, rows and weights move.
     *
     * @throws IllegalArgumentException when the batch is of another size than those before, or has what the network cannot take
     * @throws IllegalStateException after {@code totalSteps}: nothing changes any more
     * @throws TrainingDiverged when the loss is no number; rows and weights are then as they were
     */
    public StepReport step(Batch batch) throws IOException {
        if (steps >= settings.totalSteps()) {
            throw new IllegalStateException(
                    "the schedule ends with step " + settings.totalSteps() + ", after which nothing changes");
        }
        Slots now = slots == null ? new Slots(batch.inputs().length, batch.inputs()[0].length) : slots;
        boolean[] began = now.take(batch);
        int most = network.hyperParameters().haltMaxSteps();
        Improved improved = network.improve(
                now.inputs(), now.labels(), began, now.atStep(most), rows.of(now.identifiers()), batch.examples());
        slots = now;
        int step = steps + 1;
        requireNumber(step, "lm_loss", improved.lmLoss());
        requireNumber(step, "q_halt_loss", improved.qHaltLoss());
        requireNumber(step, "loss", improved.loss());
        steps = step;
        now.halt(improved.qHalt(), compares ? improved.qContinue() : null, most, leasts(now.count(), step, most));
        double rowRate = settings.puzzleEmbLr() * settings.share(step);
        rows.descend(now.identifiers(), improved.rowGradients(), rowRate, settings.puzzleEmbWeightDecay());
        Double weightRate = null;
        if (!settings.freezeWeights()) {
            weightRate = settings.lr() * settings.share(step);
            network.update(step, weightRate, settings.weightDecay(), settings.beta1(), settings.beta2());
            if (settings.ema()) {
                network.average(settings.emaRate());
            }
        }
        return new StepReport(
                step,
                rowRate,
                weightRate,
                improved.loss(),
                improved.lmLoss(),
                improved.qHaltLoss(),
                improved.qContinueLoss(),
                now.halted(),
                now.steps(),
                now.identifiers(),
                improved.qHalt(),
                improved.qContinue());
    }

    private static void requireNumber(int step, String name, double value) {
        if (!Double.isFinite(value)) {
            throw new TrainingDiverged(step, name, value);
        }
    }

    /** Of each slot the steps that it has to take at least; drawn by seed, step and slot, so that there is nothing to keep of it. */
    private int[] leasts(int count, int step, int most) {
        int[] leasts = new int[count];
        if (settings.haltExplorationProb() > 0 && most > 1) {
            Arrays.setAll(leasts, slot -> Exploration.least(seed, step, slot, settings.haltExplorationProb(), most));
        }
        return leasts;
    }

    /**
     * As before the first step, with the rows as they are: for rows that are adapted one after the other, each by a schedule of its own.
     *
     * @param other seed of the exploration from now on
     * @throws IllegalStateException where weights are trained, which remember what was before
     */
    public void beginAnew(long other) {
        if (!settings.freezeWeights()) {
            throw new IllegalStateException("weights that are trained do not begin anew");
        }
        seed = other;
        steps = 0;
        slots = null;
    }

    /** How many were taken. */
    public int steps() {
        return steps;
    }

    public TrainerSettings settings() {
        return settings;
    }

    /** As they are now. */
    public Rows rows() {
        return rows;
    }

    /** By name, as they are now, or their moving average where one is kept; rows and first states of the network not among them. */
    public SortedMap<String, float[]> weights(boolean averaged) throws IOException {
        return network.weights(averaged);
    }

    /** The network that is trained. */
    TrainableNetwork network() {
        return network;
    }

    /** Nothing before the first step. */
    @Nullable
    Slots slots() {
        return slots;
    }

    /** Takes up what {@link KeptAdaptation} read. */
    void goOn(int steps, @Nullable Slots slots) {
        this.steps = steps;
        this.slots = slots;
    }

    @Override
    public void close() throws IOException {
        network.close();
    }
}
