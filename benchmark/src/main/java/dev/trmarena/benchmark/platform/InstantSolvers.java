package dev.trmarena.benchmark.platform;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.solver.work.Identity;
import dev.trmarena.solver.work.SolveLoop;
import dev.trmarena.traces.Traces;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** Solvers of a running platform, in this process: the real loop with {@link NoModel} in place of networks. */
public final class InstantSolvers implements AutoCloseable {
    private final List<SolveLoop> loops = new ArrayList<>();

    /** @param rightOf100 answers that are right, the rest is noise */
    public InstantSolvers(RunningPlatform platform, int count, int rightOf100) {
        var store = new ArtifactStore(Path.of(platform.invited("--store")));
        var open = new ConcurrentHashMap<String, PuzzleSet>();
        for (int i = 1; i <= count; i++) {
            var loop = new SolveLoop(
                    platform.invited("--bootstrap"),
                    Identity.named("no-model-" + i, "no model"),
                    new NoModel(store, rightOf100, open),
                    Traces.unexported());
            loops.add(loop);
            var thread = new Thread(loop::run, "solver " + i);
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Override
    public void close() {
        loops.forEach(SolveLoop::stop);
    }
}
