package dev.trmarena.solver.adapt;

import dev.trmarena.artifacts.safetensors.SafetensorsFile;
import dev.trmarena.artifacts.safetensors.SafetensorsOutput;
import dev.trmarena.artifacts.safetensors.TensorInfo;
import dev.trmarena.artifacts.safetensors.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.TreeMap;

/**
 * An adaptation between two steps, in a file: a killed one goes on from it, in another process or on another machine with the same
 * kernels, and gives the same numbers. It holds the rows that changed, the examples at work and the states of the network, and where weights are trained
 * these, their moments and their average; not the checkpoint, the settings or the batches, which whoever goes on has to give again. A safetensors file.
 */
public final class KeptAdaptation {
    private static final String STEPS = "steps";
    private static final String INPUTS = "slots.inputs";
    private static final String LABELS = "slots.labels";
    private static final String IDENTIFIERS = "slots.identifiers";
    private static final String TAKEN = "slots.steps";
    private static final String HALTED = "slots.halted";
    private static final String CHANGED = "rows.identifiers";
    private static final String ROWS = "rows.values";
    private static final String NETWORK = "network.";

    private KeptAdaptation() {}

    /** Replaces the file when it is whole: one that is there is always good. */
    public static void write(Adaptation adaptation, Path file) throws IOException {
        var integers = new LinkedHashMap<String, int[]>();
        var reals = new LinkedHashMap<String, float[]>();
        Slots slots = adaptation.slots();
        integers.put(STEPS, new int[] {adaptation.steps()});
        if (slots != null) {
            integers.put(INPUTS, flat(slots.inputs()));
            integers.put(LABELS, flat(slots.labels()));
            integers.put(IDENTIFIERS, slots.identifiers());
            integers.put(TAKEN, slots.steps());
            boolean[] halted = slots.halted();
            int[] ones = new int[halted.length];
            for (int b = 0; b < ones.length; b++) {
                ones[b] = halted[b] ? 1 : 0;
            }
            integers.put(HALTED, ones);
        }
        var changed = adaptation.rows().changed();
        integers.put(
                CHANGED, changed.keySet().stream().mapToInt(Integer::intValue).toArray());
        adaptation.network().state().forEach((name, values) -> reals.put(NETWORK + name, values));
        Path part = file.resolveSibling(file.getFileName() + ".part");
        var tensors = new ArrayList<TensorInfo>();
        integers.forEach((name, values) -> tensors.add(vector(name, TensorType.I32, values.length)));
        reals.forEach((name, values) -> tensors.add(vector(name, TensorType.F32, values.length)));
        long[] shape = {changed.size(), adaptation.rows().width()};
        tensors.add(new TensorInfo(ROWS, TensorType.F32, shape, 0));
        try (var output = new SafetensorsOutput(part, tensors)) {
            for (int[] values : integers.values()) {
                output.write(values);
            }
            for (float[] values : reals.values()) {
                output.write(values);
            }
            for (float[] row : changed.values()) {
                output.write(row);
            }
            output.finish();
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static TensorInfo vector(String name, TensorType type, int length) {
        return new TensorInfo(name, type, new long[] {length}, 0);
    }

    /**
     * Makes an adaptation that has just begun what the kept one was.
     *
     * @throws IllegalArgumentException when the file is of another checkpoint or other settings, as far as its sizes tell
     */
    public static void read(Path file, Adaptation adaptation) throws IOException {
        try (SafetensorsFile kept = SafetensorsFile.open(file)) {
            var state = new TreeMap<String, float[]>();
            for (String name : kept.tensors().keySet()) {
                if (name.startsWith(NETWORK)) {
                    state.put(name.substring(NETWORK.length()), kept.floats(name));
                }
            }
            Rows rows = adaptation.rows();
            int[] changed = integers(kept, CHANGED);
            long[] shape = kept.info(ROWS).shape();
            if (shape.length != 2 || shape[0] != changed.length || shape[1] != rows.width()) {
                throw new IllegalArgumentException(file + " has rows of the shape " + Arrays.toString(shape)
                        + ", the checkpoint's have " + rows.width() + " numbers: it is of another adaptation");
            }
            rows.clear();
            for (int i = 0; i < changed.length; i++) {
                rows.put(changed[i], kept.floatRow(ROWS, i));
            }
            Slots slots = kept.tensors().containsKey(IDENTIFIERS) ? slots(kept) : null;
            if (slots != null) {
                adaptation.network().restore(state, slots.count(), slots.inputs()[0].length);
            }
            adaptation.goOn(integers(kept, STEPS)[0], slots);
        }
    }

    private static Slots slots(SafetensorsFile kept) throws IOException {
        int[] identifiers = integers(kept, IDENTIFIERS);
        return new Slots(
                split(integers(kept, INPUTS), identifiers.length),
                split(integers(kept, LABELS), identifiers.length),
                identifiers,
                integers(kept, TAKEN),
                integers(kept, HALTED));
    }

    private static int[] integers(SafetensorsFile kept, String name) throws IOException {
        ByteBuffer bytes = kept.slice(name);
        int[] values = new int[bytes.remaining() / Integer.BYTES];
        bytes.asIntBuffer().get(values);
        return values;
    }

    private static int[] flat(int[][] rows) {
        int length = rows[0].length;
        int[] flat = new int[rows.length * length];
        for (int b = 0; b < rows.length; b++) {
            System.arraycopy(rows[b], 0, flat, b * length, length);
        }
        return flat;
    }

    private static int[][] split(int[] flat, int rows) {
        int length = flat.length / rows;
        int[][] split = new int[rows][length];
        for (int b = 0; b < rows; b++) {
            System.arraycopy(flat, b * length, split[b], 0, length);
        }
        return split;
    }
}
