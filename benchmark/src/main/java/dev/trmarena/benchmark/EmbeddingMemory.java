package dev.trmarena.benchmark;

import ai.djl.engine.Engine;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.solver.model.Network;
import dev.trmarena.solver.model.Networks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** The resident memory of this process before, with and after a network whose puzzle embedding has 1.2 million rows. */
final class EmbeddingMemory {
    private static final int ROWS = 1_200_000;
    private static final int BATCH = 16;

    private EmbeddingMemory() {}

    static void print() throws IOException {
        Path weights = Files.createTempFile("benchmark", ".safetensors");
        try {
            RandomCheckpoint.write(weights, Workload.TRM_SUDOKU.tensors(), ROWS, Workload.HIDDEN);
            System.out.printf(
                    Locale.ROOT,
                    "%nThe file: %d MB, its puzzle embedding %d rows of %d values.%n%n",
                    Files.size(weights) >> 20,
                    ROWS,
                    Workload.HIDDEN);
            System.out.println("| moment | VmRSS | of it mapped files |");
            System.out.println("|---|---:|---:|");
            Engine.getEngine("PyTorch");
            row("engine loaded");
            try (Network network =
                    Networks.open(Shapes.manifest(Workload.TRM_SUDOKU, ROWS), weights, Dtype.FLOAT32, null)) {
                row("network opened");
                var random = new Random(3);
                for (int batch = 1; batch <= 32; batch++) {
                    int[][] tokens = new int[BATCH][];
                    for (int b = 0; b < BATCH; b++) {
                        tokens[b] = random.ints(Workload.TRM_SUDOKU.length(), 0, Workload.VOCAB)
                                .toArray();
                    }
                    network.run(tokens, random.ints(BATCH, 0, ROWS).toArray(), 1, result -> {});
                    if (batch == 1 || batch == 32) {
                        row(batch * BATCH + " examples of random rows");
                    }
                }
            }
            row("network closed");
        } finally {
            Files.delete(weights);
        }
    }

    private static void row(String moment) throws IOException {
        List<String> status = Files.readAllLines(Path.of("/proc/self/status"));
        System.out.printf(
                Locale.ROOT,
                "| %s | %d MB | %d MB |%n",
                moment,
                megabytes(status, "VmRSS:"),
                megabytes(status, "RssFile:"));
    }

    private static long megabytes(List<String> status, String key) {
        String line = status.stream().filter(l -> l.startsWith(key)).findFirst().orElseThrow();
        return Long.parseLong(
                        Arrays.stream(line.split("\\s+")).skip(1).findFirst().orElseThrow())
                >> 10;
    }
}
