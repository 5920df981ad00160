package dev.trmarena.puzzles.npy;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * An array of a {@code .npy} file, little-endian, row-major, mapped into memory.
 *
 * @param type NumPy's type without byte order: {@code u1 i1 b1 i2 u2 i4 u4 i8 f4 f8}
 */
public record NpyArray(String type, int[] shape, ByteBuffer data) {
    public NpyArray {
        shape = shape.clone();
    }

    @Override
    public int[] shape() {
        return shape.clone();
    }

    public long count() {
        return Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
    }

    /** Elements per item of the first axis. */
    public int rowLength() {
        return (int) (shape.length == 0 || shape[0] == 0 ? 0 : count() / shape[0]);
    }

    public boolean isInteger() {
        return type.charAt(0) != 'f';
    }

    public long longAt(int i) {
        return switch (type) {
            case "u1", "b1" -> data.get(i) & 0xff;
            case "i1" -> data.get(i);
            case "i2" -> data.getShort(2 * i);
            case "u2" -> data.getShort(2 * i) & 0xffff;
            case "i4" -> data.getInt(4 * i);
            case "u4" -> data.getInt(4 * i) & 0xffffffffL;
            case "i8" -> data.getLong(8 * i);
            default -> throw new IllegalStateException("not an integer array: " + type);
        };
    }

    public float floatAt(int i) {
        return switch (type) {
            case "f4" -> data.getFloat(4 * i);
            case "f8" -> (float) data.getDouble(8 * i);
            default -> longAt(i);
        };
    }
}
