package dev.trmarena.benchmark;

import ai.djl.engine.Engine;
import dev.trmarena.artifacts.checkpoint.CheckpointInspection;
import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.checkpoint.Configuration;
import dev.trmarena.artifacts.checkpoint.HyperParameters;
import dev.trmarena.artifacts.checkpoint.TrainerSettings;
import dev.trmarena.benchmark.Contest.Contestant;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.solver.adapt.Adaptation;
import dev.trmarena.solver.adapt.Batch;
import dev.trmarena.solver.adapt.Rows;
import dev.trmarena.solver.model.Kernels;
import dev.trmarena.solver.model.Network;
import dev.trmarena.solver.model.Networks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Training steps, of rows and of all weights, beside the forward of one improvement step of the same batch with the same kernels: they take
 * turns in one process. Of the published shape the schedule is the published one, of which the last third is recorded.
 */
final class AdaptationSpeed {
    private static final int IDENTIFIERS = 1000;
    private static final String DEMO = "demo/unseen";

    private AdaptationSpeed() {}

    /**
     * @param demo the folder of a small trained checkpoint, {@code demo/unseen}
     * @param wanted names of rows of the table
     */
    static void print(Path demo, Predicate<String> wanted, int rounds, int threads) throws IOException {
        System.out.printf("PyTorch %s%n%n", Engine.getEngine("PyTorch").getVersion());
        System.out.println(
                "| network | batch | forward | training step, rows | all weights | to forward, rows | all weights | VmHWM |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|---:|");
        Path weights = Files.createTempFile("benchmark", ".safetensors");
        try {
            CheckpointManifest manifest = CheckpointInspection.convert(
                    demo.resolve("step_7178"),
                    "step_7178",
                    Configuration.of(demo.resolve("all_config.yaml"), "all_config.yaml"),
                    weights);
            if (wanted.test(DEMO)) {
                measure(DEMO, manifest, weights, 8, rounds, threads);
            }
            for (Workload workload : List.of(Workload.TRM_ARC, Workload.TRM_SUDOKU, Workload.HRM_ARC)) {
                if (!wanted.test(workload.name())) {
                    continue;
                }
                RandomCheckpoint.write(weights, workload.tensors(), IDENTIFIERS, Workload.HIDDEN);
                CheckpointManifest published =
                        Shapes.manifest(workload, IDENTIFIERS).withCycles(workload.hCycles(), workload.lCycles());
                int batch = workload == Workload.TRM_SUDOKU ? 8 : 2;
                measure(workload.name(), published, weights, batch, rounds, threads);
            }
        } finally {
            Files.delete(weights);
        }
    }

    private static void measure(
            String name, CheckpointManifest manifest, Path weights, int batch, int rounds, int threads)
            throws IOException {
        HyperParameters hyper = manifest.hyperParameters();
        Batch examples = examples(hyper, batch);
        try (Network network = Networks.open(manifest, weights, Dtype.FLOAT32, Kernels.GENERIC);
                Adaptation rows = begin(manifest, weights, true);
                Adaptation all = begin(manifest, weights, false)) {
            List<Contestant> contestants = List.of(
                    () -> network.run(examples.inputs(), examples.identifiers(), 1, result -> {}),
                    () -> rows.step(examples),
                    () -> all.step(examples));
            double[] millis = Contest.medians(contestants, rounds, Contest.clock(threads));
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %.0f ms | %.0f ms | %.0f ms | %.2f | %.2f | %d MB |%n",
                    name,
                    batch,
                    millis[0],
                    millis[1],
                    millis[2],
                    millis[1] / millis[0],
                    millis[2] / millis[0],
                    mostMegabytes());
        }
    }

    private static long mostMegabytes() throws IOException {
        String line = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(each -> each.startsWith("VmHWM:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", "")) >> 10;
    }

    private static Adaptation begin(CheckpointManifest manifest, Path weights, boolean frozen) throws IOException {
        HyperParameters hyper = manifest.hyperParameters();
        var rows = Rows.all(hyper.identifierCount(), new float[hyper.puzzleEmbNdim()]);
        var settings = new TrainerSettings(
                1e-4, 1e-2, 0.1, 0.1, 0, 1, 0.9, 0.95, !frozen, 0.999, frozen, 0, Integer.MAX_VALUE);
        return Adaptation.begin(manifest, weights, rows, settings, Dtype.FLOAT32, 0);
    }

    private static Batch examples(HyperParameters hyper, int batch) {
        var random = new Random(11);
        int[][] inputs = new int[batch][];
        int[][] labels = new int[batch][];
        for (int b = 0; b < batch; b++) {
            inputs[b] = random.ints(hyper.seqLen() == 0 ? 900 : hyper.seqLen(), 0, hyper.vocabSize())
                    .toArray();
            labels[b] = random.ints(inputs[b].length, 0, hyper.vocabSize()).toArray();
        }
        return new Batch(
                inputs, labels, random.ints(batch, 0, hyper.identifierCount()).toArray());
    }
}
