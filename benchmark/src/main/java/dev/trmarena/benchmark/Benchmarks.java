package dev.trmarena.benchmark;

import ai.djl.engine.Engine;
import dev.trmarena.benchmark.Contest.Contestant;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.solver.model.Kernels;
import dev.trmarena.solver.model.Network;
import dev.trmarena.solver.model.Networks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints Markdown; see docs/benchmarks.md. */
@Command(name = "benchmarks", description = "Times networks of the published shapes on this machine.")
public final class Benchmarks implements Callable<Integer> {
    private static final int IDENTIFIERS = 1000;

    @Option(names = "--threads", defaultValue = "1", description = "Threads of the engine (default: ${DEFAULT-VALUE}).")
    int threads;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "Turns of each contestant (default: ${DEFAULT-VALUE}).")
    int rounds;

    @Option(
            names = "--only",
            description = "Only rows whose name has a match of this expression, 'ARC batch 1$' for one.")
    @Nullable
    String only;

    @Option(names = "--memory", description = "Show the memory that a large puzzle embedding takes, instead.")
    boolean memory;

    @Option(
            names = "--adaptation",
            paramLabel = "DIR",
            description = "Time training steps beside the forward, instead, and of demo/unseen, this folder.")
    @Nullable
    Path adaptation;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    boolean help;

    private Benchmarks() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Benchmarks()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        System.setProperty("ai.djl.pytorch.num_threads", String.valueOf(threads));
        if (memory) {
            EmbeddingMemory.print();
            return 0;
        }
        if (adaptation != null) {
            AdaptationSpeed.print(adaptation, this::isWanted, rounds, threads);
            return 0;
        }
        System.out.printf("PyTorch %s, %s%n%n", Engine.getEngine("PyTorch").getVersion(), plural(threads, "thread"));
        System.out.println(
                "| network | batch | type | kernels | examples/s | GFLOP/s | of the peak of its type | to plain float32 |");
        System.out.println("|---|---:|---|---|---:|---:|---:|---:|");
        measure(Workload.TRM_ARC, 1);
        measure(Workload.TRM_ARC, 4);
        measure(Workload.TRM_ARC, 16);
        measure(Workload.TRM_SUDOKU, 64);
        measure(Workload.TRM_SUDOKU, 256);
        measure(Workload.HRM_ARC, 1);
        measure(Workload.HRM_ARC, 4);
        return 0;
    }

    private boolean isWanted(String name) {
        return only == null || Pattern.compile(only).matcher(name).find();
    }

    private void measure(Workload workload, int batch) throws IOException {
        String name = workload.name() + " batch " + batch;
        if (!isWanted(name)) {
            return;
        }
        Path weights = Files.createTempFile("benchmark", ".safetensors");
        var open = new ArrayList<Network>();
        try (var peaks = new Peaks()) {
            RandomCheckpoint.write(weights, workload.tensors(), IDENTIFIERS, Workload.HIDDEN);
            List<Contestant> contestants = peaks.contestants();
            int[][] tokens = workload.tokens(batch);
            int[] identifiers = Workload.identifiers(batch, IDENTIFIERS);
            for (Way way : ways(workload, batch)) {
                Network network =
                        Networks.open(Shapes.manifest(workload, IDENTIFIERS), weights, way.dtype(), way.kernels());
                open.add(network);
                contestants.add(() -> network.run(tokens, identifiers, 1, result -> {}));
            }
            print(workload, batch, open, peaks, Contest.medians(contestants, rounds, Contest.clock(threads)));
        } finally {
            for (Network network : open) {
                network.close();
            }
            Files.delete(weights);
        }
    }

    /** @param kernels null for the machine's choice */
    private record Way(Dtype dtype, @Nullable Kernels kernels) {}

    private static List<Way> ways(Workload workload, int batch) {
        var ways = new ArrayList<>(List.of(
                new Way(Dtype.FLOAT32, Kernels.GENERIC), new Way(Dtype.FLOAT32, null), new Way(Dtype.BFLOAT16, null)));
        // Plain bfloat16 is so slow without instructions for it that one row of it is enough.
        if (workload == Workload.TRM_ARC && batch == 1) {
            ways.add(new Way(Dtype.BFLOAT16, Kernels.GENERIC));
        }
        return ways;
    }

    /** @param medians of the large products, then of the networks, the plain float32 one first */
    private static void print(Workload workload, int batch, List<Network> networks, Peaks peaks, double[] medians) {
        int first = medians.length - networks.size();
        for (int i = 0; i < networks.size(); i++) {
            double millis = medians[first + i];
            double peak = peaks.of(networks.get(i).dtype(), medians);
            double gflops = batch * workload.measured() * workload.flopsOfLevel() / millis / 1e6;
            double wholeMillis = millis * workload.published() / workload.measured() * Workload.STEPS;
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %s | %s | %.4f | %.1f | %.0f%% of %.0f | %.2f |%n",
                    workload.name(),
                    batch,
                    networks.get(i).dtype().key(),
                    networks.get(i).kernels().key(),
                    batch * 1000 / wholeMillis,
                    gflops,
                    100 * gflops / peak,
                    peak,
                    medians[first] / millis);
        }
    }

    private static String plural(int count, String word) {
        return count + " " + word + (count == 1 ? "" : "s");
    }
}
