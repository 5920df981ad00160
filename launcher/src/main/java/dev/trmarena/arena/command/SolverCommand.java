package dev.trmarena.arena.command;

import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.arena.up.StandaloneSolver;
import dev.trmarena.supervise.engine.Libtorch;
import dev.trmarena.supervise.engine.LibtorchOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code arena solver}. */
@Command(
        name = "solver",
        description = "Runs a solver for a platform elsewhere, until Ctrl-C. It comes and goes as it likes.",
        footer = {
            "",
            "It needs the platform's Kafka and its artifact store, a folder that both can reach, and nothing else.",
            "What it works on when it ends is given to another solver."
        })
public final class SolverCommand implements Callable<Integer> {
    @Option(names = "--bootstrap", paramLabel = "HOST:PORT", required = true, description = "The platform's Kafka.")
    String bootstrap;

    @Option(names = "--store", paramLabel = "DIR", required = true, description = "The platform's artifact store.")
    Path store;

    @Option(names = "--name", paramLabel = "NAME", description = "Its name (default: host and process).")
    @Nullable
    String name;

    @Option(names = "--threads", paramLabel = "N", description = "Cores it may use (default: all).")
    int threads = Runtime.getRuntime().availableProcessors();

    @Mixin
    LibtorchOptions libraries;

    @Option(names = "--json", description = "Print what was started, as JSON; the solver's lines go to standard error.")
    boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    boolean help;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.isDirectory(store)) {
            throw new ArenaProblem(
                    "there is no such folder",
                    store.toString(),
                    null,
                    null,
                    "name the folder of the artifact store; of ./arena up it is .arena/artifacts");
        }
        if (threads < 1) {
            throw new ArenaProblem("--threads is " + threads, "a solver needs at least one core");
        }
        Libtorch libtorch = libraries.choose(StandaloneSolver.engine(UpCommand.project()), false);
        UpCommand.tellOfUnused(libtorch, "./arena solver", System.err::println);
        return new StandaloneSolver(UpCommand.project(), bootstrap, store, name, threads, libtorch).run(json);
    }
}
