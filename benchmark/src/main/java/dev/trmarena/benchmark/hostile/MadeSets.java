package dev.trmarena.benchmark.hostile;

import dev.trmarena.puzzles.npy.Npy;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.IntUnaryOperator;

/** Puzzle sets that are large and say nothing. */
final class MadeSets {
    /** Of a dataset directory. */
    static final List<String> FILES = List.of(
            "test/dataset.json",
            "test/all__inputs.npy",
            "test/all__labels.npy",
            "test/all__puzzle_identifiers.npy",
            "test/all__puzzle_indices.npy",
            "identifiers.json");

    private MadeSets() {}

    /**
     * Puzzles whose solution is the puzzle.
     *
     * @param first number that the first one spells, the next one that of the next
     * @param digits each a token, and so many different ones: few make all puzzles of some tokens alike
     */
    static void puzzles(Path folder, int count, int tokens, int first, int digits) throws IOException {
        Path test = Files.createDirectories(folder.resolve("test"));
        Files.writeString(folder.resolve("identifiers.json"), "[\"<blank>\"]");
        Files.writeString(
                test.resolve("dataset.json"), String.format(Locale.ROOT, """
                        {"pad_id": 0, "ignore_label_id": 0, "blank_identifier_id": 0, "vocab_size": %d, "seq_len": %d,
                         "num_puzzle_identifiers": 1, "total_groups": %d, "mean_puzzle_examples": 1, "total_puzzles": %d,
                         "sets": ["all"]}""", digits + 2, tokens, count, count));
        for (String name : List.of("all__inputs.npy", "all__labels.npy")) {
            try (OutputStream out = open(test.resolve(name), Npy.header("u1", count, tokens))) {
                for (int puzzle = 0; puzzle < count; puzzle++) {
                    for (int token = 0, rest = first + puzzle; token < tokens; token++, rest /= digits) {
                        out.write(2 + rest % digits);
                    }
                }
            }
        }
        integers(test.resolve("all__puzzle_identifiers.npy"), count, puzzle -> 0);
        integers(test.resolve("all__puzzle_indices.npy"), count + 1, puzzle -> puzzle);
    }

    private static OutputStream open(Path file, byte[] header) throws IOException {
        var out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20);
        out.write(header);
        return out;
    }

    private static void integers(Path file, int count, IntUnaryOperator value) throws IOException {
        try (OutputStream out = open(file, Npy.header("i4", count))) {
            ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < count; i++) {
                out.write(bytes.putInt(0, value.applyAsInt(i)).array());
            }
        }
    }

    /** Raw tasks, each with one demonstration and one test input, all different. */
    static void tasks(Path folder, int count) throws IOException {
        try (BufferedWriter challenges = Files.newBufferedWriter(folder.resolve("arc-agi_evaluation_challenges.json"));
                BufferedWriter solutions =
                        Files.newBufferedWriter(folder.resolve("arc-agi_evaluation_solutions.json"))) {
            for (int task = 0; task < count; task++) {
                String own = String.format(Locale.ROOT, "%s\"%08x\": ", task == 0 ? "{" : ",", task);
                String grid = String.format(
                        Locale.ROOT, "[[%d,%d],[%d,%d]]", task % 10, task / 10 % 10, task / 100 % 10, task / 1000);
                String turned = grid.replace("],[", ",1],[").replace("]]", ",2]]");
                challenges.write(own + "{\"train\": [{\"input\": " + grid + ", \"output\": " + turned
                        + "}], \"test\": [{\"input\": " + turned + "}]}");
                solutions.write(own + "[" + grid + "]");
            }
            challenges.write("}");
            solutions.write("}");
        }
    }
}
