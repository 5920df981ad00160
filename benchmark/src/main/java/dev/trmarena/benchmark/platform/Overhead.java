package dev.trmarena.benchmark.platform;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.messages.EvaluationState;
import dev.trmarena.messages.WorkUnit;
import dev.trmarena.solver.work.CachingUnitSolver;
import dev.trmarena.solver.work.Identity;
import dev.trmarena.solver.work.SolveLoop;
import dev.trmarena.solver.work.UnitSolver;
import dev.trmarena.traces.Traces;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What a platform costs the solver that works for it: one solver, the real loop in this process, solves short units by a network;
 * then the same network runs the same batches once more, with nothing around it, while the platform is still there and idle. Both
 * in turns, several times: a machine that is not ours alone is faster in one minute than in the next.
 */
@Command(
        name = "overhead",
        description = "Examples a second end to end, beside bare inference of the same batches.",
        sortOptions = false)
public final class Overhead implements Callable<Integer> {
    /** As a solver has it. */
    private static final int BATCH_TOKENS = 32 * 900;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Of the batches: until the solver knows how fast it is, and as many are in flight as it takes. */
    private static final double WARM = 0.4;

    /** The services compile what they do often with the optimising compiler, which takes minutes of it. */
    private static final int WARM_UP_ROUNDS = 3;

    @Mixin
    private final SlowUnits slow = new SlowUnits(1);

    @Option(names = "--units", defaultValue = "1200", description = "Of an evaluation (default: ${DEFAULT-VALUE}).")
    int units;

    @Option(
            names = "--rounds",
            defaultValue = "7",
            description = "Evaluations, behind three that warm the platform up (default: ${DEFAULT-VALUE}).")
    int rounds;

    @Option(names = "--threads", defaultValue = "1", description = "Of the engine (default: ${DEFAULT-VALUE}).")
    String threads = "1";

    private record Batch(List<WorkUnit> units, long begun, long ended, long processor) {
        int examples() {
            return units.stream().mapToInt(WorkUnit::exampleCount).sum();
        }
    }

    /** Remembers the batches, and when each of them ran. */
    private record Watched(UnitSolver solver, List<Batch> batches) implements UnitSolver {
        @Override
        public List<Answer> solve(List<WorkUnit> units, Steps steps) throws IOException {
            long begun = System.nanoTime();
            long processor = THREADS.getCurrentThreadCpuTime();
            List<Answer> answers = solver.solve(units, steps);
            batches.add(new Batch(
                    List.copyOf(units), begun, System.nanoTime(), THREADS.getCurrentThreadCpuTime() - processor));
            return answers;
        }

        @Override
        public void close() throws IOException {
            solver.close();
        }
    }

    private Overhead() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Overhead()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        System.setProperty("ai.djl.pytorch.num_threads", threads);
        try (var platform = slow.platformWithoutSolvers()) {
            var store = new ArtifactStore(Path.of(platform.invited("--store")));
            try (var network = new CachingUnitSolver(store, BATCH_TOKENS)) {
                measure(platform, network);
            }
        }
        return 0;
    }

    private void measure(RunningPlatform platform, UnitSolver network) throws IOException, InterruptedException {
        List<Batch> batches = new CopyOnWriteArrayList<>();
        var watched = new Watched(network, batches);
        var loop = new SolveLoop(
                platform.invited("--bootstrap"), Identity.named("watched", "CPU"), watched, Traces.unexported());
        var thread = new Thread(loop::run, "solver");
        thread.start();
        double[] more = new double[rounds];
        for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
            solveOne(platform, (round < 0 ? "warm-up" : "measured-") + Math.abs(round));
            // The last ones are what is left.
            List<Batch> endToEnd =
                    List.copyOf(batches.subList((int) (WARM * batches.size()), Math.max(1, batches.size() - 2)));
            batches.clear();
            for (Batch batch : endToEnd) {
                watched.solve(batch.units(), () -> false);
            }
            double took = print(endToEnd, batches);
            batches.clear();
            if (round >= 0) {
                more[round] = took;
            }
        }
        loop.stop();
        thread.join();
        Arrays.sort(more);
        System.out.printf(Locale.ROOT, "end to end takes %.2f %% more time in the median%n", 100 * more[rounds / 2]);
    }

    private void solveOne(RunningPlatform platform, String set) throws IOException, InterruptedException {
        slow.imported(platform, set, units);
        String path =
                "/api/evaluations/" + slow.submitted(platform, set).path("id").asText();
        while (!platform.get(path).path("state").asText().equals(EvaluationState.FINISHED.key())) {
            // Rarely: answering is work, too.
            Thread.sleep(3000);
        }
    }

    /** @return how much more time the end-to-end ones took, as a fraction */
    private static double print(List<Batch> endToEnd, List<Batch> bare) {
        long from = endToEnd.get(0).begun();
        double wall = (endToEnd.get(endToEnd.size() - 1).ended() - from) / 1e9;
        double computing = seconds(endToEnd);
        double more = wall / seconds(bare) - 1;
        int examples = endToEnd.stream().mapToInt(Batch::examples).sum();
        System.out.printf(
                Locale.ROOT,
                "%d batches of %.1f units and %.3f s in the mean; end to end %.2f examples/s, bare %.2f, %.2f %% more time: stood still for %.2f %%, waited for a processor for %.2f %% (bare %.2f %%)%n",
                endToEnd.size(),
                endToEnd.stream()
                        .mapToInt(batch -> batch.units().size())
                        .average()
                        .orElse(0),
                computing / endToEnd.size(),
                examples / wall,
                examples / seconds(bare),
                100 * more,
                100 * (wall - computing) / wall,
                100 * waiting(endToEnd),
                100 * waiting(bare));
        return more;
    }

    /** Of the time of these batches: the computing thread was ready, and another one ran. */
    private static double waiting(List<Batch> batches) {
        return 1 - batches.stream().mapToLong(Batch::processor).sum() / 1e9 / seconds(batches);
    }

    private static double seconds(List<Batch> batches) {
        return batches.stream()
                        .mapToLong(batch -> batch.ended() - batch.begun())
                        .sum()
                / 1e9;
    }
}
