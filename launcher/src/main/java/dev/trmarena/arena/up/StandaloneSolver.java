package dev.trmarena.arena.up;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.trmarena.supervise.ProcessFolder;
import dev.trmarena.supervise.SupervisedSolver;
import dev.trmarena.supervise.engine.AskEngine;
import dev.trmarena.supervise.engine.Libtorch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A solver by itself, for a platform elsewhere; its words go where this process's go. */
public final class StandaloneSolver {
    private final Path project;
    private final String kafka;
    private final Path artifacts;
    private final @Nullable String name;
    private final int threads;
    private final @Nullable Libtorch libtorch;

    /**
     * @param project the folder of the project, with its modules built
     * @param name null to be named by host and process
     * @param libtorch null for that of the build
     */
    public StandaloneSolver(
            Path project,
            String kafka,
            Path artifacts,
            @Nullable String name,
            int threads,
            @Nullable Libtorch libtorch) {
        this.project = project;
        this.kafka = kafka;
        this.artifacts = artifacts;
        this.name = name;
        this.threads = threads;
        this.libtorch = libtorch;
    }

    /** Asked what a solver of this project would compute with. @throws dev.trmarena.arena.ArenaProblem when it is not built */
    public static AskEngine engine(Path project) throws IOException {
        return new AskEngine(Programs.solverClassPath(project));
    }

    /**
     * Until it ends, or is ended with this process.
     *
     * @param json whether standard output is for one line about the process, and its own lines go to standard error
     * @return its exit status
     */
    public int run(boolean json) throws IOException, InterruptedException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        ProcessFolder own = ProcessFolder.in(temporary, "arena-solver");
        Map<String, String> environment = new HashMap<>();
        environment.put("ARENA_KAFKA", kafka);
        environment.put("ARENA_ARTIFACTS", artifacts.toAbsolutePath().toString());
        var solver = new SupervisedSolver(
                Programs.solverCommand(project, own.path(), temporary.resolve("arena-solver-crash-%p.log")),
                Programs.solverEnvironment(environment, threads, libtorch),
                SupervisedSolver.nameOr(name),
                kafka,
                () -> delete(own));
        return json ? solver.run(System.err, this::announce) : solver.run(System.out, pid -> {});
    }

    private void announce(long pid) {
        System.out.println(JsonNodeFactory.instance
                .objectNode()
                .put("pid", pid)
                .put("kafka", kafka)
                .put("store", artifacts.toAbsolutePath().toString())
                .put("threads", threads));
        System.out.flush();
    }

    private static void delete(ProcessFolder own) {
        try {
            own.delete();
        } catch (IOException e) {
            System.err.println("cannot delete " + own.path() + ": " + e.getMessage());
        }
    }
}
