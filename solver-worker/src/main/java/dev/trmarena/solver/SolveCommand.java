package dev.trmarena.solver;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.trmarena.artifacts.checkpoint.ConfigurationOptions;
import dev.trmarena.solver.solve.LocalSolve;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code arena solve}: see {@link LocalSolve} for what it writes. */
@Command(
        name = "arena solve",
        description = "Runs a checkpoint on this machine, without a platform.",
        footer = {
            "",
            "Writes into the output folder: preds.npy (int32, examples x length), q_halt.npy and q_continue.npy"
                    + " (float32, steps x examples), logits_step<k>.npy (float32, examples x length x vocabulary), and"
                    + " solve.json, which says what they belong to.",
            "Memory does not depend on the number of examples. Until all are solved the arrays end in .part; the same"
                    + " command goes on where a stopped or killed one was, and one with other arguments is refused."
        })
public final class SolveCommand implements Callable<Integer> {
    @Option(names = "--checkpoint", required = true, paramLabel = "FILE", description = "What the trainer saved.")
    Path checkpoint;

    @Mixin
    ConfigurationOptions known;

    @Option(names = "--inputs", required = true, paramLabel = "NPY", description = "Tokens, examples x length.")
    Path inputs;

    @Option(
            names = "--puzzle-identifiers",
            paramLabel = "NPY",
            description = "Row of the puzzle embedding of each example; or of each puzzle, with the dataset's"
                    + " all__puzzle_indices.npy beside it. Not needed for a checkpoint without a puzzle embedding.")
    @Nullable
    Path puzzleIdentifiers;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to write into.")
    Path out;

    @Option(
            names = "--save-logits",
            paramLabel = "STEPS",
            split = ",",
            description = "Steps whose logits are written, for instance 1,2,last (default: none).")
    Set<String> saveLogits = Set.of();

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "32",
            description = "Examples that run together (default: ${DEFAULT-VALUE}).")
    int batch;

    @Mixin
    ComputeOptions compute;

    private SolveCommand() {}

    public static void main(String[] args) {
        ComputeOptions.run(new SolveCommand(), args);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        compute.useLibtorch("./arena solve");
        LocalSolve.Summary summary = LocalSolve.run(
                new LocalSolve.Request(
                        checkpoint,
                        known.config(),
                        known.preset(),
                        known.given(),
                        inputs,
                        puzzleIdentifiers,
                        out,
                        saveLogits,
                        batch,
                        compute.dtype()),
                new SolveProgress(System.err, Boolean.getBoolean("arena.terminal"), System::nanoTime));
        summary.notes().forEach(compute::note);
        compute.tell(
                String.format(
                        Locale.ROOT,
                        "solved %d examples in at most %d steps each, %.1f s; written to %s",
                        summary.examples() - summary.before(),
                        summary.steps(),
                        summary.millis() / 1000.0,
                        out),
                JsonNodeFactory.instance
                        .objectNode()
                        .put("examples", summary.examples())
                        .put("solvedBefore", summary.before())
                        .put("steps", summary.steps())
                        .put("computeMillis", summary.millis())
                        .put("out", out.toString()));
        return 0;
    }
}
