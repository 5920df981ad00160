package dev.trmarena.solver;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.LibUtils;
import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.solver.model.DeviceMemory;
import dev.trmarena.solver.model.DeviceName;
import dev.trmarena.solver.work.CachingUnitSolver;
import dev.trmarena.solver.work.Health;
import dev.trmarena.solver.work.Identity;
import dev.trmarena.solver.work.SolveLoop;
import dev.trmarena.supervise.SupervisedSolver;
import dev.trmarena.supervise.WatchedSolver;
import dev.trmarena.supervise.engine.BadLibtorch;
import dev.trmarena.supervise.engine.Libtorch;
import dev.trmarena.traces.Traces;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A solver: {@code ARENA_KAFKA}, {@code ARENA_ARTIFACTS}; optional {@code ARENA_SOLVER_NAME}, {@code ARENA_SOLVER_INSTANCE},
 * {@code ARENA_SOLVER_THREADS}, {@code ARENA_SOLVERS_HERE} (how many share this machine's memory),
 * {@code ARENA_HEALTH_PORT}, {@code ARENA_HEALTH_HOST} (the loopback address), {@code ARENA_EXIT_WITH_PARENT},
 * {@code ARENA_ADAPTATIONS} (folder for what adaptations of all weights keep, which it may write; that of the store's folder),
 * {@code ARENA_OTLP} (where its traces go), {@code ARENA_LIBTORCH} (the folder of the libraries that it computes with).
 */
public final class SolverMain {
    private static final Logger LOG = LoggerFactory.getLogger(SolverMain.class);

    /** 32 ARC canvases, 364 Sudokus: some hundred megabytes of states at full size. */
    private static final int BATCH_TOKENS = 32 * 900;

    private SolverMain() {}

    public static void main(String[] args) throws Exception {
        String kafka = required("ARENA_KAFKA");
        Path artifacts = Path.of(required("ARENA_ARTIFACTS"));
        String name = SupervisedSolver.nameOr(System.getenv("ARENA_SOLVER_NAME"));
        setThreads(optional("ARENA_SOLVER_THREADS", ""));
        load();
        var unitSolver = new CachingUnitSolver(
                new ArtifactStore(artifacts),
                BATCH_TOKENS,
                Path.of(optional(
                        "ARENA_ADAPTATIONS", artifacts.resolve("adaptations").toString())));
        int sharers = Integer.parseInt(optional("ARENA_SOLVERS_HERE", "1"));
        var solver = new Identity(name, instance(), DeviceName.here(), DeviceMemory.here(sharers));
        var traces = Traces.of("solver", optional("ARENA_OTLP", ""));
        var loop = new SolveLoop(kafka, solver, unitSolver, traces);
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Shutdown.of(loop, main), "stop"));
        if (optional("ARENA_EXIT_WITH_PARENT", "false").equals("true")) {
            exitWithParent();
        }
        int port = Integer.parseInt(optional("ARENA_HEALTH_PORT", "0"));
        String host =
                optional("ARENA_HEALTH_HOST", InetAddress.getLoopbackAddress().getHostAddress());
        try (traces;
                Health health = port == 0 ? null : new Health(new InetSocketAddress(host, port), loop);
                loop) {
            LOG.info("{} takes work from {}, on {}", name, kafka, solver.device());
            loop.run();
        }
        if (loop.leaves()) {
            Shutdown.leave();
        }
    }

    /** Whoever supervises this process names it, to be able to tell of its end. */
    private static UUID instance() {
        String given = optional(WatchedSolver.INSTANCE, "");
        return given.isEmpty() ? UUID.randomUUID() : UUID.fromString(given);
    }

    /** Before the first tensor; libtorch fixes the number then. */
    private static void setThreads(String threads) {
        if (!threads.isEmpty()) {
            System.setProperty("ai.djl.pytorch.num_threads", threads);
        }
    }

    /** Of libraries that are not to be used only that is said: nobody looks for the reason in a trace. */
    private static void load() throws IOException {
        try {
            Libtorch named = Libtorch.ofSetting();
            if (named != null) {
                named.use();
            }
        } catch (BadLibtorch e) {
            System.err.println("error: " + e.getMessage() + "\n  " + e.remedy());
            System.exit(1);
        }
        LOG.info("engine {}, libtorch of {}", Engine.getEngine("PyTorch").getVersion(), LibUtils.getLibtorchPath());
    }

    /** The launcher holds the other end of standard input: it closes even when the launcher is killed. */
    private static void exitWithParent() {
        var watcher = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            LOG.trace("input is not expected");
                        }
                    } catch (IOException e) {
                        LOG.debug("standard input: {}", e.getMessage());
                    }
                    System.exit(0);
                },
                "exit with parent");
        watcher.setDaemon(true);
        watcher.start();
    }

    private static String required(String name) {
        String value = System.getenv(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(name + " is not set");
        }
        return value;
    }

    private static String optional(String name, String fallback) {
        @Nullable String value = System.getenv(name);
        return value == null || value.isBlank() ? fallback : value;
    }
}
