package dev.trmarena.solver.model;

import ai.djl.pytorch.jni.IValue;
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
