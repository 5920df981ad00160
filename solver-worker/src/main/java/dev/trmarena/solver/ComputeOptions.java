package dev.trmarena.solver;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.supervise.engine.AskEngine;
import dev.trmarena.supervise.engine.Gpus;
import dev.trmarena.supervise.engine.Libtorch;
import dev.trmarena.supervise.engine.LibtorchOptions;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is said alike on the command lines that compute on this machine, without a platform, and how such a command ends. */
final class ComputeOptions {
    @Option(
            names = "--dtype",
            paramLabel = "TYPE",
            description =
                    "What to compute in: float32, bfloat16 or float16 (default: the configuration's forward_dtype).")
    private @Nullable String dtype;

    @Mixin
    private LibtorchOptions libraries;

    @Option(names = "--json", description = "Write the summary as JSON.")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    private boolean help;

    /** Runs the command and ends the process with its status; what goes wrong is said in a line. */
    static void run(Object command, String[] args) {
        System.exit(new CommandLine(command)
                .setExecutionExceptionHandler((problem, line, parsed) -> {
                    System.err.println("error: " + DescribeProblem.of(problem));
                    return DescribeProblem.FAILED;
                })
                .execute(args));
    }

    /** Null for that of the configuration. */
    @Nullable
    Dtype dtype() {
        return dtype == null ? null : Dtype.of(dtype);
    }

    /** To be called before anything of the engine is: from then on it is the libtorch that was asked for. */
    void useLibtorch(String command) throws IOException, InterruptedException {
        Libtorch libtorch = libraries.choose(AskEngine.ofThisClassPath(), false);
        if (libtorch != null) {
            libtorch.use();
        }
        String notUsed =
                libtorch != null && libtorch.cuda() ? null : Gpus.here().notUsed(command);
        if (notUsed != null) {
            note(notUsed);
        }
    }

    void note(String note) {
        System.err.println("note: " + note);
    }

    /** Prints what it came to, as a sentence or, where that was asked for, as JSON. */
    void tell(String sentence, ObjectNode summary) throws IOException {
        System.out.println(json ? new ObjectMapper().writeValueAsString(summary) : sentence);
    }
}
