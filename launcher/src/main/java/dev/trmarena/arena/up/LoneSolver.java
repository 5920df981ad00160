package dev.trmarena.arena.up;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A solver by itself, for a platform elsewhere; its words go where this process's go. */
public final class LoneSolver {
    private static final long GOODBYE_SECONDS = 12;

    private final Path project;
    private final String kafka;
    private final Path artifacts;
    private final @Nullable String name;
    private final int threads;

    /**
     * @param project the folder of the project, with its modules built
     * @param name null to be named by host and process
     */
    public LoneSolver(Path project, String kafka, Path artifacts, @Nullable String name, int threads) {
        this.project = project;
        this.kafka = kafka;
        this.artifacts = artifacts;
        this.name = name;
        this.threads = threads;
    }

    /**
     * Until it ends, or is ended with this process.
     *
     * @param json whether standard output is for one line about the process, and its own lines go to standard error
     * @return its exit status
     */
    public int run(boolean json) throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>();
        environment.put("ARENA_KAFKA", kafka);
        environment.put("ARENA_ARTIFACTS", artifacts.toAbsolutePath().toString());
        environment.put("ARENA_EXIT_WITH_PARENT", "true");
        if (name != null) {
            environment.put("ARENA_SOLVER_NAME", name);
        }
        var builder = new ProcessBuilder(Programs.solverCommand(project))
                .redirectOutput(json ? ProcessBuilder.Redirect.PIPE : ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(Programs.solverEnvironment(environment, threads));
        builder.environment().remove("ARENA_TOKEN");
        Process solver = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(solver), "stop"));
        if (json) {
            System.out.println(JsonNodeFactory.instance
                    .objectNode()
                    .put("pid", solver.pid())
                    .put("kafka", kafka)
                    .put("store", artifacts.toAbsolutePath().toString())
                    .put("threads", threads));
            System.out.flush();
            solver.getInputStream().transferTo(System.err);
        }
        return solver.waitFor();
    }

    private static void end(Process solver) {
        solver.destroy();
        try {
            if (!solver.waitFor(GOODBYE_SECONDS, TimeUnit.SECONDS)) {
                solver.destroyForcibly();
            }
        } catch (InterruptedException e) {
            solver.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
