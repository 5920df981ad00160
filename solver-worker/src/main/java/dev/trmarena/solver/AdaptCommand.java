package dev.trmarena.solver;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.trmarena.artifacts.checkpoint.ConfigurationOptions;
import dev.trmarena.solver.adapt.LocalAdaptation;
import dev.trmarena.solver.adapt.StepReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code arena adapt}: see {@link LocalAdaptation} for what it writes. */
@Command(
        name = "arena adapt",
        description = "Goes on training a checkpoint on this machine, for tasks that it has never seen.",
        footer = {
            "",
            "The batches are a folder with inputs.npy and labels.npy (integers, steps x B x length; -100 is a label that is not"
                    + " to be learnt), puzzle_identifiers.npy (steps x B) and global_batch_size.npy (steps; how many of the B are"
                    + " no padding).",
            "Rates and the rest come from the config by their trainer's names (lr, puzzle_emb_lr, weight_decay,"
                    + " puzzle_emb_weight_decay, lr_warmup_steps, lr_min_ratio, beta1, beta2, ema, ema_rate,"
                    + " halt_exploration_prob, epochs, global_batch_size); --set goes before it.",
            "Writes into the output folder: steps.json, what each step gave (losses are sums over the B slots);"
                    + " rows_step<k>.npy and weights_step<k>.safetensors; and adapted.safetensors, the checkpoint that the"
                    + " trainer would save, which ./arena solve takes with the same config."
        })
public final class AdaptCommand implements Callable<Integer> {
    /** What is trained. */
    enum Mode {
        /** The rows of the puzzle embedding; weights are frozen. */
        rows,
        /** The weights, too. */
        all
    }

    @Option(names = "--checkpoint", required = true, paramLabel = "FILE", description = "What the trainer saved.")
    Path checkpoint;

    @Mixin
    ConfigurationOptions known;

    @Option(names = "--batches", required = true, paramLabel = "DIR", description = "Folder of the batches.")
    Path batches;

    @Option(
            names = "--dataset",
            required = true,
            paramLabel = "JSON",
            description =
                    "dataset.json of the train split of the set: its sizes, and with epochs the length of the schedule.")
    Path dataset;

    @Option(
            names = "--mode",
            required = true,
            description =
                    "rows: those of the puzzle embedding alone; all: the weights, too. Goes before freeze_weights.")
    Mode mode;

    @Option(names = "--steps", required = true, paramLabel = "N", description = "Training steps.")
    int steps;

    @Option(
            names = "--save-steps",
            paramLabel = "STEPS",
            split = ",",
            description = "Steps after which rows and weights are written, for instance 1,2,5 (default: none).")
    TreeSet<Integer> saveSteps = new TreeSet<>();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to write into.")
    Path out;

    @Option(
            names = "--new-rows",
            description = "Rows begin at the mean of the checkpoint's, also where it has as many as the set.")
    boolean newRows;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Of the steps that slots must take by halt_exploration_prob (default: ${DEFAULT-VALUE}).")
    long seed;

    @Mixin
    ComputeOptions compute;

    private AdaptCommand() {}

    public static void main(String[] args) {
        ComputeOptions.run(new AdaptCommand(), args);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        compute.useLibtorch("./arena adapt");
        LocalAdaptation.Summary summary = LocalAdaptation.run(
                new LocalAdaptation.Request(
                        checkpoint,
                        known.config(),
                        known.preset(),
                        known.given(),
                        batches,
                        dataset,
                        mode == Mode.rows,
                        steps,
                        saveSteps,
                        newRows,
                        compute.dtype(),
                        seed,
                        out),
                this::tell);
        summary.notes().forEach(compute::note);
        compute.tell(
                String.format(
                        Locale.ROOT,
                        "adapted in %d steps of %d slots, loss of a slot from %.3f to %.3f, %.1f s; written to %s",
                        summary.steps(),
                        summary.slots(),
                        summary.firstLoss(),
                        summary.lastLoss(),
                        summary.millis() / 1000.0,
                        out),
                JsonNodeFactory.instance
                        .objectNode()
                        .put("steps", summary.steps())
                        .put("slots", summary.slots())
                        .put("firstLoss", summary.firstLoss())
                        .put("lastLoss", summary.lastLoss())
                        .put("computeMillis", summary.millis())
                        .put("out", out.toString()));
        return 0;
    }

    private void tell(StepReport report) {
        if (Boolean.getBoolean("arena.terminal")) {
            System.err.printf(
                    Locale.ROOT,
                    "\radapting, step %,d of %,d, loss %.3f ",
                    report.step(),
                    steps,
                    report.loss() / report.steps().length);
            if (report.step() == steps) {
                System.err.println();
            }
        }
    }
}
