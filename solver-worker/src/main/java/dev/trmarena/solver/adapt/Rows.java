package dev.trmarena.solver.adapt;

import dev.trmarena.artifacts.safetensors.SafetensorsFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rows of a puzzle embedding while they are adapted. Only those that changed are in memory; the others are all alike, or still in
 * the checkpoint. Source: {@code models/sparse_embedding.py} of the authors, {@code load_checkpoint} of their trainer.
 */
public final class Rows {
    private static final String TABLE = "puzzle_emb.weights";

    /** Values of a table that are read at a time. */
    private static final int PIECE = 1 << 20;

    private final int count;
    private final int width;
    private final Beginning beginning;
    private final SortedMap<Integer, float[]> changed = new TreeMap<>();

    /** What a row is before it is adapted. */
    @FunctionalInterface
    private interface Beginning {
        float[] of(int identifier) throws IOException;
    }

    private Rows(int count, int width, Beginning beginning) {
        this.count = count;
        this.width = width;
        this.beginning = beginning;
    }

    /** A table of which every row begins as this one. @param count N of the set, the blank identifier included */
    public static Rows all(int count, float[] row) {
        float[] first = row.clone();
        return new Rows(count, first.length, identifier -> first);
    }

    /**
     * The rows of a checkpoint, which go on from where they are. It has to be open as long as they are in use.
     *
     * @throws IllegalArgumentException when the checkpoint has no puzzle embedding
     */
    public static Rows kept(SafetensorsFile checkpoint) {
        long[] shape = checkpoint.info(TABLE).shape();
        return new Rows(
                Math.toIntExact(shape[0]),
                Math.toIntExact(shape[1]),
                identifier -> checkpoint.floatRow(TABLE, identifier));
    }

    /**
     * The mean over all rows of a checkpoint, its blank one included: what the authors begin the rows of another set with. Read once, a piece
     * at a time.
     *
     * @throws IllegalArgumentException when the checkpoint has no puzzle embedding
     */
    public static float[] mean(SafetensorsFile checkpoint) throws IOException {
        long[] shape = checkpoint.info(TABLE).shape();
        int width = Math.toIntExact(shape[1]);
        double[] sums = new double[width];
        long elements = shape[0] * width;
        long piece = (long) Math.max(1, PIECE / Math.max(1, width)) * width;
        for (long first = 0; first < elements; first += piece) {
            float[] values = checkpoint.floats(TABLE, first, (int) Math.min(piece, elements - first));
            for (int i = 0; i < values.length; i++) {
                sums[i % width] += values[i];
            }
        }
        float[] mean = new float[width];
        for (int i = 0; i < width; i++) {
            mean[i] = (float) (sums[i] / shape[0]);
        }
        return mean;
    }

    /** N. */
    public int count() {
        return count;
    }

    /** Numbers of a row. */
    public int width() {
        return width;
    }

    /** @throws IllegalArgumentException when there is no such row */
    public float[] row(int identifier) throws IOException {
        if (identifier < 0 || identifier >= count) {
            throw new IllegalArgumentException(
                    "identifier " + identifier + ", the puzzle set has rows 0 to " + (count - 1));
        }
        float[] row = changed.get(identifier);
        return (row == null ? beginning.of(identifier) : row).clone();
    }

    /** Those that were adapted, by identifier. */
    public SortedMap<Integer, float[]> changed() {
        return Collections.unmodifiableSortedMap(changed);
    }

    /** Sets a row to what was kept of it. */
    public void put(int identifier, float[] row) {
        if (identifier < 0 || identifier >= count || row.length != width) {
            throw new IllegalArgumentException(
                    "row " + identifier + " of " + row.length + " numbers; the table has " + count + " of " + width);
        }
        changed.put(identifier, row.clone());
    }

    void clear() {
        changed.clear();
    }

    /** The rows of these identifiers, one after the other. */
    float[] of(int[] identifiers) throws IOException {
        float[] all = new float[identifiers.length * width];
        for (int b = 0; b < identifiers.length; b++) {
            System.arraycopy(row(identifiers[b]), 0, all, b * width, width);
        }
        return all;
    }

    /**
     * One update of each row among the identifiers, however many slots have it: decay, then a step against the sign of the sum of its
     * gradients, which is none where that is 0.
     *
     * @param gradients a row for each identifier
     */
    void descend(int[] identifiers, float[] gradients, double rate, double decay) throws IOException {
        var sums = new LinkedHashMap<Integer, float[]>();
        for (int b = 0; b < identifiers.length; b++) {
            float[] sum = sums.computeIfAbsent(identifiers[b], identifier -> new float[width]);
            for (int i = 0; i < width; i++) {
                sum[i] += gradients[b * width + i];
            }
        }
        float kept = (float) (1 - rate * decay);
        float step = (float) rate;
        for (Map.Entry<Integer, float[]> each : sums.entrySet()) {
            float[] row = row(each.getKey());
            float[] sum = each.getValue();
            for (int i = 0; i < width; i++) {
                row[i] = row[i] * kept - step * Math.signum(sum[i]);
            }
            changed.put(each.getKey(), row);
        }
    }

    @Override
    public String toString() {
        return count + " rows of " + width + ", changed "
                + Arrays.toString(changed.keySet().toArray());
    }
}
