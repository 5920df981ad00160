package dev.trmarena.solver.adapt;

import dev.trmarena.puzzles.InputProblem;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.npy.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Batches that somebody has made, in the files of a folder: {@code inputs.npy} and {@code labels.npy}, integers steps × B × L, {@code
 * puzzle_identifiers.npy}, steps × B, and {@code global_batch_size.npy}, how many of each batch are no padding. Mapped, so that their number does not matter; all of them are
 * looked at before the first is run.
 */
final class ExplicitBatches {
    private static final int IGNORED = -100;

    private final NpyArray inputs;
    private final NpyArray labels;
    private final NpyArray identifiers;
    private final @Nullable NpyArray sizes;
    private final int slots;
    private final int length;

    private ExplicitBatches(NpyArray inputs, NpyArray labels, NpyArray identifiers, @Nullable NpyArray sizes) {
        this.inputs = inputs;
        this.labels = labels;
        this.identifiers = identifiers;
        this.sizes = sizes;
        this.slots = inputs.shape()[1];
        this.length = inputs.shape()[2];
    }

    /**
     * @param steps as many are needed
     * @throws InputProblem when a file is missing, of another shape, or holds what the set has not
     */
    static ExplicitBatches open(Path folder, TrainSplit set, int steps) throws IOException {
        NpyArray inputs = array(folder, "inputs.npy");
        int[] shape = inputs.shape();
        if (shape.length != 3 || shape[0] < 1 || shape[1] < 1 || shape[2] != set.length()) {
            throw wrong(folder, "inputs.npy", inputs, "steps × B × " + set.length() + ", the seq_len of the set");
        }
        if (shape[0] < steps) {
            throw new InputProblem(
                    folder.resolve("inputs.npy").toString(),
                    null,
                    "it has batches for " + shape[0] + " steps, " + steps + " were asked for",
                    "Give more batches, or fewer --steps.");
        }
        NpyArray labels = array(folder, "labels.npy");
        if (!Arrays.equals(labels.shape(), shape)) {
            throw wrong(folder, "labels.npy", labels, Arrays.toString(shape) + " like the inputs");
        }
        NpyArray identifiers = array(folder, "puzzle_identifiers.npy");
        if (!Arrays.equals(identifiers.shape(), new int[] {shape[0], shape[1]})) {
            throw wrong(folder, "puzzle_identifiers.npy", identifiers, "[" + shape[0] + ", " + shape[1] + "]");
        }
        NpyArray sizes = null;
        if (Files.exists(folder.resolve("global_batch_size.npy"))) {
            sizes = array(folder, "global_batch_size.npy");
            if (sizes.count() != shape[0]) {
                throw wrong(folder, "global_batch_size.npy", sizes, "[" + shape[0] + "]");
            }
            require(folder, "global_batch_size.npy", sizes, steps, 1, shape[1] + 1, false);
        }
        long cells = (long) steps * shape[1] * shape[2];
        require(folder, "inputs.npy", inputs, cells, 0, set.vocabulary(), false);
        require(folder, "labels.npy", labels, cells, 0, set.vocabulary(), true);
        require(folder, "puzzle_identifiers.npy", identifiers, (long) steps * shape[1], 0, set.identifiers(), false);
        return new ExplicitBatches(inputs, labels, identifiers, sizes);
    }

    private static NpyArray array(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new InputProblem(
                    file.toString(),
                    null,
                    "there is no such file",
                    "Name with --batches a folder with inputs.npy, labels.npy, puzzle_identifiers.npy and"
                            + " global_batch_size.npy.");
        }
        return Npy.open(file);
    }

    private static InputProblem wrong(Path folder, String name, NpyArray array, String wanted) {
        return new InputProblem(
                folder.resolve(name).toString(),
                null,
                "type " + array.type() + ", shape " + Arrays.toString(array.shape()),
                "Give integers of the shape " + wanted + ".");
    }

    /** @param end one more than the largest */
    private static void require(
            Path folder, String name, NpyArray array, long count, int least, int end, boolean mayBeIgnored) {
        if (!array.isInteger()) {
            throw wrong(folder, name, array, Arrays.toString(array.shape()));
        }
        long row = array.count() / array.shape()[0];
        for (long i = 0; i < count; i++) {
            long value = array.longAt(i);
            if ((value < least || value >= end) && !(mayBeIgnored && value == IGNORED)) {
                throw new InputProblem(
                        folder.resolve(name).toString(),
                        "step " + (i / row + 1),
                        "a value is " + value + ", expected are " + least + " to " + (end - 1)
                                + (mayBeIgnored ? ", or " + IGNORED : ""),
                        "Give batches of the set of --dataset.");
            }
        }
    }

    /** B. */
    int slots() {
        return slots;
    }

    /** @param step from 1 */
    Batch batch(int step) {
        long first = (long) (step - 1) * slots;
        int[] rows = new int[slots];
        for (int b = 0; b < slots; b++) {
            rows[b] = (int) identifiers.longAt(first + b);
        }
        int examples = sizes == null ? slots : (int) sizes.longAt(step - 1);
        return new Batch(examples(inputs, first), examples(labels, first), rows, examples);
    }

    private int[][] examples(NpyArray array, long first) {
        int[][] examples = new int[slots][length];
        for (int b = 0; b < slots; b++) {
            for (int i = 0; i < length; i++) {
                examples[b][i] = (int) array.longAt((first + b) * length + i);
            }
        }
        return examples;
    }
}
