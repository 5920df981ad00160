package dev.trmarena.solver.model;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import dev.trmarena.artifacts.safetensors.SafetensorsFile;
import dev.trmarena.artifacts.safetensors.TensorInfo;
import java.io.IOException;
import java.util.Arrays;

/**
 * The one place where Java's arrays become tensors. Only float32, int64 and bool come into being here: bfloat16 and int16
 * made from Java end the whole process, past any exception, and an array whose length is not that of its shape reads memory
 * that is not its own. Other types are cast inside the scripts.
 *
 * <p>A tensor made here is a view of Java's memory and good only while its manager is open: a script that keeps it copies it.
 */
final class HostArrays {
    /** Values of a tensor that are read at a time: 16 MB. No network that is published has a larger matrix. */
    private static final int PIECE = 4 << 20;

    private HostArrays() {}

    static PtNDArray floats(NDManager manager, float[] values, long... shape) {
        return (PtNDArray) manager.create(values, fitting(values.length, shape));
    }

    /**
     * A tensor of a file, in native memory: of a large one only a piece at a time is in Java's heap.
     */
    static PtNDArray floats(NDManager manager, SafetensorsFile tensors, String name) throws IOException {
        TensorInfo info = tensors.info(name);
        long[] shape = info.shape();
        if (info.elements() <= PIECE) {
            return floats(manager, tensors.floats(name), shape);
        }
        PtNDArray whole = (PtNDArray) manager.create(new Shape(info.elements()), DataType.FLOAT32);
        for (long first = 0; first < info.elements(); first += PIECE) {
            int count = (int) Math.min(PIECE, info.elements() - first);
            try (NDManager pieces = manager.newSubManager()) {
                PtNDArray piece = floats(pieces, tensors.floats(name, first, count), count);
                whole.set(new NDIndex("{}:{}", first, first + count), piece);
            }
        }
        return (PtNDArray) whole.reshape(new Shape(shape));
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
