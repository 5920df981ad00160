package dev.trmarena.artifacts.safetensors;

import java.util.Arrays;

/**
 * Name, type, shape and place of one tensor of a safetensors file.
 *
 * @param offset absolute position of the first byte in the file
 */
public record TensorInfo(String name, TensorType type, long[] shape, long offset) {
    public TensorInfo {
        for (long n : shape) {
            if (n < 0) {
                throw new IllegalArgumentException("tensor " + name + " has the shape " + Arrays.toString(shape));
            }
        }
        shape = shape.clone();
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    public long elements() {
        long product = 1;
        for (long n : shape) {
            product = Math.multiplyExact(product, n);
        }
        return product;
    }

    public long byteLength() {
        return Math.multiplyExact(elements(), type.bytes());
    }
}
