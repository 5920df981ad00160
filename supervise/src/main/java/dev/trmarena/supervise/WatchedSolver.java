package dev.trmarena.supervise;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One solver, started any number of times by somebody who keeps its output in a log: tells how each of its processes ended. */
public final class WatchedSolver {
    /** By this a solver's process is known in the messages about it. */
    public static final String INSTANCE = "ARENA_SOLVER_INSTANCE";

    private final String name;
    private final Path log;
    private final SolverEndPublisher ends;
    private @Nullable UUID instance;
    private long begin;

    /**
     * @param name of the solver
     * @param log where its output is appended
     */
    public WatchedSolver(String name, Path log, SolverEndPublisher ends) {
        this.name = name;
        this.log = log;
        this.ends = ends;
    }

    /** Its process is about to start. @return what is to be added to its environment */
    public synchronized Map<String, String> starts() {
        UUID started = UUID.randomUUID();
        instance = started;
        begin = LastLines.end(log);
        return Map.of(INSTANCE, started.toString());
    }

    /** The process that started last is gone, and nobody had asked it to go. */
    public synchronized void ended(int exitStatus) {
        UUID ended = instance;
        if (ended != null) {
            instance = null;
            var last = new LastLines(System.getenv());
            last.addFrom(log, begin);
            List<String> lines = last.lines();
            ends.tell(ExitDiagnosis.of(name, ended, exitStatus, lines));
        }
    }
}
