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
 * The first puzzles of a dataset directory in which each puzzle is a group of its own with one example, as those of Sudoku are.
 *
 * @param puzzles how many
 */
record PartOfDataset(int puzzles) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Copies what an evaluation reads: the identifiers and the test split. */
    void copy(Path dataset, Path part) throws IOException {
        Files.copy(dataset.resolve("identifiers.json"), part.resolve("identifiers.json"));
        Path from = dataset.resolve("test");
        Path to = Files.createDirectory(part.resolve("test"));
        var described = (ObjectNode) JSON.readTree(from.resolve("dataset.json").toFile());
        JSON.writeValue(
                to.resolve("dataset.json").toFile(),
                described.put("total_groups", puzzles).put("total_puzzles", puzzles));
        for (String rows : new String[] {"inputs", "labels", "puzzle_identifiers"}) {
            cut(from, to, rows, puzzles);
        }
        // One more: where the last one ends.
        for (String ends : new String[] {"puzzle_indices", "group_indices"}) {
            cut(from, to, ends, puzzles + 1);
        }
    }

    private static void cut(Path from, Path to, String name, int rows) throws IOException {
        String file = "all__" + name + ".npy";
        NpyArray whole = Npy.open(from.resolve(file));
        int[] shape = whole.shape();
        shape[0] = rows;
        int each = whole.rowLength();
        if (whole.type().equals("u1")) {
            byte[] values = new byte[rows * each];
            IntStream.range(0, values.length).forEach(i -> values[i] = (byte) whole.longAt(i));
            Npy.writeUint8(to.resolve(file), values, shape);
        } else {
            Npy.writeInt32(
                    to.resolve(file),
                    IntStream.range(0, rows * each)
                            .map(i -> (int) whole.longAt(i))
                            .toArray(),
                    shape);
        }
    }
}
