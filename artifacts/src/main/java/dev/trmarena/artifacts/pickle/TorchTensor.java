package dev.trmarena.artifacts.pickle;

import dev.trmarena.artifacts.safetensors.TensorType;

/**
 * A tensor of a state dict: where its storage lies in the file, and how the tensor lies in its storage.
 *
 * @param storageOffset position of the storage's first byte in the file
 * @param offset of the first element in the storage, in elements
 * @param strides in elements
 */
public record TorchTensor(String name, TensorType type, long[] shape, long[] strides, long storageOffset, long offset) {
    public TorchTensor {
        shape = shape.clone();
        strides = strides.clone();
    }

    private static final long NOWHERE = -1;

    /** A tensor that is in no file: all of its values are zero. */
    public static TorchTensor zeros(String name, TensorType type, long... shape) {
        return new TorchTensor(name, type, shape, new long[shape.length], NOWHERE, 0);
    }

    /** Whether it is in no file, and all of its values are zero. */
    public boolean isZeros() {
        return storageOffset == NOWHERE;
    }

    /** The same values under another name. */
    public TorchTensor as(String other) {
        return new TorchTensor(other, type, shape, strides, storageOffset, offset);
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    @Override
    public long[] strides() {
        return strides.clone();
    }

    public long elements() {
        long product = 1;
        for (long n : shape) {
            product = Math.multiplyExact(product, n);
        }
        return product;
    }

    /** Position in the file. */
    public long firstByte() {
        return storageOffset + offset * type.bytes();
    }

    /** Elements of the storage from the first to the last of this tensor, both included. */
    public long reach() {
        long reach = 1;
        for (int i = 0; i < shape.length; i++) {
            reach += (shape[i] - 1) * strides[i];
        }
        return reach;
    }

    /** Whether the last dimension's elements follow each other. */
    public boolean lastInOrder() {
        int last = shape.length - 1;
        return last < 0 || shape[last] <= 1 || strides[last] == 1;
    }

    /** Whether the elements follow each other in row-major order, so that the bytes can be copied as they are. */
    public boolean contiguous() {
        long expected = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            if (shape[i] != 1 && strides[i] != expected) {
                return false;
            }
            expected *= shape[i];
        }
        return true;
    }
}
