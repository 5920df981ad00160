package dev.trmarena.puzzles.npy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** An array of a {@code .npy} file, little-endian, row-major, mapped into memory: of any size, and none of it in the heap. */
public final class NpyArray {
    /** A buffer reaches no further than 2 GiB; pieces of this size, a power of two, cut no number in two. */
    static final int PIECE_BITS = 30;

    private static final long IN_PIECE = (1L << PIECE_BITS) - 1;

    private final String type;
    private final int[] shape;
    private final ByteBuffer[] pieces;

    /** @param pieces of 2^{@value #PIECE_BITS} bytes, the last one shorter */
    NpyArray(String type, int[] shape, ByteBuffer[] pieces) {
        this.type = type;
        this.shape = shape.clone();
        this.pieces = pieces.clone();
        for (ByteBuffer piece : this.pieces) {
            piece.order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    /** NumPy's type without byte order: {@code u1 i1 b1 i2 u2 i4 u4 i8 f4 f8}. */
    public String type() {
        return type;
    }

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

    public long longAt(long i) {
        return switch (type) {
            case "u1", "b1" -> piece(i).get(at(i)) & 0xff;
            case "i1" -> piece(i).get(at(i));
            case "i2" -> piece(2 * i).getShort(at(2 * i));
            case "u2" -> piece(2 * i).getShort(at(2 * i)) & 0xffff;
            case "i4" -> piece(4 * i).getInt(at(4 * i));
            case "u4" -> piece(4 * i).getInt(at(4 * i)) & 0xffffffffL;
            case "i8" -> piece(8 * i).getLong(at(8 * i));
            default -> throw new IllegalStateException("not an integer array: " + type);
        };
    }

    public float floatAt(long i) {
        return switch (type) {
            case "f4" -> piece(4 * i).getFloat(at(4 * i));
            case "f8" -> (float) piece(8 * i).getDouble(at(8 * i));
            default -> longAt(i);
        };
    }

    private ByteBuffer piece(long position) {
        return pieces[(int) (position >> PIECE_BITS)];
    }

    private static int at(long position) {
        return (int) (position & IN_PIECE);
    }
}
