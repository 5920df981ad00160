package dev.trmarena.artifacts.checkpoint;

import dev.trmarena.artifacts.safetensors.TensorType;

/**
 * A tensor to be written.
 *
 * @param storage bytes of the storage it lies in; the same array is the same storage
 * @param offset and strides in elements
 */
record TestTensor(String name, TensorType type, byte[] storage, long offset, long[] shape, long[] strides) {
    static TestTensor whole(String name, TensorType type, byte[] bytes, long... shape) {
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= shape[i];
        }
        return new TestTensor(name, type, bytes, 0, shape, strides);
    }

    TestTensor named(String other) {
        return new TestTensor(other, type, storage, offset, shape, strides);
    }
}
