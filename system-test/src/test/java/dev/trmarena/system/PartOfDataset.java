package dev.trmarena.system;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.npy.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * The first groups of a dataset directory, and the first puzzles of each: of an ARC set so many tasks, each as it is and in so
 * many augmentations less one; of a Sudoku set, where each puzzle is a group of its own, so many puzzles.
 *
 * @param groups how many, or {@link Load#ALL}
 * @param puzzles how many of each group at most
 */
record PartOfDataset(int groups, int puzzles) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Copies what an evaluation reads: the identifiers, the tasks where there are some, and the test split. */
    void copy(Path dataset, Path part) throws IOException {
        for (String whole : new String[] {"identifiers.json", "test_puzzles.json"}) {
            if (Files.exists(dataset.resolve(whole))) {
                Files.copy(dataset.resolve(whole), part.resolve(whole));
            }
        }
        new Split(dataset.resolve("test"), Files.createDirectory(part.resolve("test"))).cut();
    }

    private final class Split {
        private final Path from;
        private final Path to;
        /** Where each group's puzzles, and each puzzle's examples begin, and one more: where the last one ends. */
        private final int[] groupEnds;

        private final int[] puzzleEnds;

        Split(Path from, Path to) throws IOException {
            this.from = from;
            this.to = to;
            this.groupEnds = integers("group_indices");
            this.puzzleEnds = integers("puzzle_indices");
        }

        void cut() throws IOException {
            int[][] kept = IntStream.range(0, Math.min(groups, groupEnds.length - 1))
                    .mapToObj(group -> IntStream.range(
                                    groupEnds[group], Math.min(groupEnds[group + 1], groupEnds[group] + puzzles))
                            .toArray())
                    .toArray(int[][]::new);
            int[] keptPuzzles = IntStream.range(0, kept.length)
                    .flatMap(i -> IntStream.of(kept[i]))
                    .toArray();
            int[][] examples = IntStream.of(keptPuzzles)
                    .mapToObj(puzzle -> IntStream.range(puzzleEnds[puzzle], puzzleEnds[puzzle + 1])
                            .toArray())
                    .toArray(int[][]::new);
            var described =
                    (ObjectNode) JSON.readTree(from.resolve("dataset.json").toFile());
            JSON.writeValue(
                    to.resolve("dataset.json").toFile(),
                    described.put("total_groups", kept.length).put("total_puzzles", keptPuzzles.length));
            write("group_indices", ends(kept));
            write("puzzle_indices", ends(examples));
            int[] identifiers = integers("puzzle_identifiers");
            write(
                    "puzzle_identifiers",
                    IntStream.of(keptPuzzles).map(puzzle -> identifiers[puzzle]).toArray());
            int[] rows = IntStream.range(0, examples.length)
                    .flatMap(i -> IntStream.of(examples[i]))
                    .toArray();
            copyRows("inputs", rows);
            copyRows("labels", rows);
        }

        private static int[] ends(int[][] parts) {
            int[] ends = new int[parts.length + 1];
            for (int i = 0; i < parts.length; i++) {
                ends[i + 1] = ends[i] + parts[i].length;
            }
            return ends;
        }

        private int[] integers(String name) throws IOException {
            NpyArray array = Npy.open(file(from, name));
            return IntStream.range(0, (int) array.count())
                    .map(i -> (int) array.longAt(i))
                    .toArray();
        }

        private void write(String name, int[] values) throws IOException {
            Npy.writeInt32(file(to, name), values, values.length);
        }

        private void copyRows(String name, int[] rows) throws IOException {
            NpyArray whole = Npy.open(file(from, name));
            int length = whole.rowLength();
            int[] values = IntStream.of(rows)
                    .flatMap(row -> IntStream.range(0, length).map(i -> (int) whole.longAt((long) row * length + i)))
                    .toArray();
            if (whole.type().equals("u1")) {
                byte[] bytes = new byte[values.length];
                IntStream.range(0, bytes.length).forEach(i -> bytes[i] = (byte) values[i]);
                Npy.writeUint8(file(to, name), bytes, rows.length, length);
            } else {
                Npy.writeInt32(file(to, name), values, rows.length, length);
            }
        }

        private static Path file(Path folder, String name) {
            return folder.resolve("all__" + name + ".npy");
        }
    }
}
