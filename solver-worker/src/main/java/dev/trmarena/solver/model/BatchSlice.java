package dev.trmarena.solver.model;

import ai.djl.pytorch.jni.IValue;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Rows of a batch that go through the scripts together, until each has halted. */
final class BatchSlice {
    /** Where in the batch each of these rows stands. */
    private int[] places;

    IValue e;
    IValue carry;

    BatchSlice(int first, int count, IValue e, IValue carry) {
        this.places = IntStream.range(first, first + count).toArray();
        this.e = e;
        this.carry = carry;
    }

    /**
     * Where each slice of a batch ends: so many rows, and where a unit ends.
     *
     * @param firsts the row with which each unit begins, 0 first
     */
    static int[] ends(int[] firsts, int rows, int together) {
        var ends = IntStream.builder();
        for (int unit = 0; unit < firsts.length; unit++) {
            int last = unit + 1 < firsts.length ? firsts[unit + 1] : rows;
            for (long end = (long) firsts[unit] + together; end < last; end += together) {
                ends.add((int) end);
            }
            ends.add(last);
        }
        return ends.build().toArray();
    }

    static float[] joined(float[] first, float[] second) {
        float[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    int count() {
        return places.length;
    }

    int place(int row) {
        return places[row];
    }

    /** Each row's own piece of what all of these gave. @param width values a row */
    void spread(Object part, Object batch, int width) {
        for (int row = 0; row < places.length; row++) {
            System.arraycopy(part, row * width, batch, places[row] * width, width);
        }
    }

    /** Each row's own value of what the batch has. */
    boolean[] of(boolean[] batch) {
        boolean[] own = new boolean[places.length];
        for (int row = 0; row < own.length; row++) {
            own[row] = batch[places[row]];
        }
        return own;
    }

    /** The rows, by their number here, that have not halted. */
    long[] going(boolean[] halted) {
        return IntStream.range(0, places.length)
                .filter(row -> !halted[places[row]])
                .asLongStream()
                .toArray();
    }

    /** Goes on with these alone. @param rows numbers here */
    void keep(long[] rows, IValue e, IValue carry) {
        int[] kept = new int[rows.length];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = places[(int) rows[i]];
        }
        this.places = kept;
        this.e = e;
        this.carry = carry;
    }
}
