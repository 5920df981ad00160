package dev.trmarena.artifacts.checkpoint;

import dev.trmarena.artifacts.safetensors.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Counts the values of a tensor that are NaN or infinite: those whose exponent is all ones. */
final class FiniteValues {
    private final TensorType type;
    private long seen;
    private long bad;
    private long firstBad = -1;

    FiniteValues(TensorType type) {
        this.type = type;
    }

    /** @param chunk the next values, whole ones, little-endian; its position stays */
    void look(ByteBuffer chunk) {
        ByteBuffer bytes = chunk.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int size = type.bytes();
        for (int at = bytes.position(); at < bytes.limit(); at += size) {
            boolean finite =
                    switch (type) {
                        case F32 -> (bytes.getInt(at) & 0x7f800000) != 0x7f800000;
                        case BF16 -> (bytes.getShort(at) & 0x7f80) != 0x7f80;
                        case F16 -> (bytes.getShort(at) & 0x7c00) != 0x7c00;
                        case F64 -> (bytes.getLong(at) & 0x7ff0000000000000L) != 0x7ff0000000000000L;
                        default -> true;
                    };
            if (!finite) {
                bad++;
                if (firstBad < 0) {
                    firstBad = seen;
                }
            }
            seen++;
        }
    }

    long bad() {
        return bad;
    }

    long firstBad() {
        return firstBad;
    }
}
