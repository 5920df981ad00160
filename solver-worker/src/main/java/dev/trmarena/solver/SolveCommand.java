package dev.trmarena.solver;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.artifacts.checkpoint.BadCheckpoint;
import dev.trmarena.artifacts.checkpoint.ConfigurationOptions;
import dev.trmarena.puzzles.InputProblem;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.solver.solve.LocalSolve;
import dev.trmarena.supervise.engine.AskEngine;
import dev.trmarena.supervise.engine.BadLibtorch;
import dev.trmarena.supervise.engine.Gpus;
import dev.trmarena.supervise.engine.Libtorch;
import dev.trmarena.supervise.engine.LibtorchOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
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
    private static final int FAILED = 1;

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

    @Option(
            names = "--dtype",
            paramLabel = "TYPE",
            description =
                    "What to compute in: float32, bfloat16 or float16 (default: the configuration's forward_dtype).")
    @Nullable
    String dtype;

    @Mixin
    LibtorchOptions libraries;

    @Option(names = "--json", description = "Write the summary as JSON.")
    boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    boolean help;

    private SolveCommand() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new SolveCommand())
                .setExecutionExceptionHandler((problem, command, parsed) -> {
                    System.err.println("error: " + describe(problem));
                    return FAILED;
                })
                .execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Libtorch libtorch = libraries.choose(AskEngine.ofThisClassPath(), false);
        if (libtorch != null) {
            libtorch.use();
        }
        String notUsed =
                libtorch != null && libtorch.cuda() ? null : Gpus.here().notUsed("./arena solve");
        if (notUsed != null) {
            System.err.println("note: " + notUsed);
        }
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
                        dtype == null ? null : Dtype.of(dtype)),
                new SolveProgress(System.err, Boolean.getBoolean("arena.terminal"), System::nanoTime));
        summary.notes().forEach(note -> System.err.println("note: " + note));
        if (json) {
            var mapper = new ObjectMapper();
            System.out.println(mapper.writeValueAsString(mapper.createObjectNode()
                    .put("examples", summary.examples())
                    .put("solvedBefore", summary.before())
                    .put("steps", summary.steps())
                    .put("computeMillis", summary.millis())
                    .put("out", out.toString())));
        } else {
            System.out.printf(
                    Locale.ROOT,
                    "solved %d examples in at most %d steps each, %.1f s; written to %s%n",
                    summary.examples() - summary.before(),
                    summary.steps(),
                    summary.millis() / 1000.0,
                    out);
        }
        return 0;
    }

    private static String describe(Exception problem) {
        if (problem instanceof BadCheckpoint bad) {
            return sentence(bad.file(), bad.place(), bad.problem(), bad.remedy());
        }
        if (problem instanceof BadLibtorch bad) {
            return bad.getMessage() + "\n  " + bad.remedy();
        }
        if (problem instanceof InputProblem bad) {
            return sentence(bad.file(), bad.place(), bad.problem(), bad.remedy());
        }
        if (problem instanceof NoSuchFileException missing) {
            return missing.getFile() + ": there is no such file";
        }
        return problem instanceof IllegalArgumentException
                        || problem instanceof IOException
                        || problem instanceof UncheckedIOException
                ? String.valueOf(problem.getMessage())
                : String.valueOf(problem);
    }

    private static String sentence(String file, @Nullable String place, String problem, String remedy) {
        return file + (place == null ? "" : ", " + place) + ": " + problem + "\n  " + remedy;
    }
}
