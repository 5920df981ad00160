package dev.trmarena.solver.model;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import java.util.Arrays;

/**
 * The one place where Java's arrays become tensors. Only float32, int64 and bool come into being here: bfloat16 and int16
 * made from Java end the whole process, past any exception, and an array whose length is not that of its shape reads memory
 * that is not its own. Other types are cast inside the scripts.
 *
 * <p>A tensor made here is a view of Java's memory and good only while its manager is open: a script that keeps it copies it.
 */
final class HostArrays {
    private HostArrays() {}

    static PtNDArray floats(NDManager manager, float[] values, long... shape) {
        return (PtNDArray) manager.create(values, fitting(values.length, shape));
    }

    static PtNDArray longs(NDManager manager, long[] values, long... shape) {
        return (PtNDArray) manager.create(values, fitting(values.length, shape));
    }

    static PtNDArray booleans(NDManager manager, boolean[] values) {
        return (PtNDArray) manager.create(values, new Shape(values.length));
    }

    private static Shape fitting(int length, long[] shape) {
        long elements = 1;
        for (long n : shape) {
            elements = Math.multiplyExact(elements, n);
        }
        if (elements != length) {
            throw new IllegalArgumentException(length + " values do not fill the shape " + Arrays.toString(shape));
        }
        return new Shape(shape);
    }
}
