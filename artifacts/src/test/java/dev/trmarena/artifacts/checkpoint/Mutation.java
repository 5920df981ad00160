package dev.trmarena.artifacts.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Seeded damage to the bytes of a file: what a broken disk does, and what somebody with bad intent tries. */
enum Mutation {
    FLIPPED_BITS {
        @Override
        byte[] apply(byte[] bytes, Random random) {
            byte[] out = bytes.clone();
            for (int i = random.nextInt(8); i >= 0 && out.length > 0; i--) {
                out[random.nextInt(out.length)] ^= (byte) (1 << random.nextInt(8));
            }
            return out;
        }
    },
    /** Most of a file is weights; what is read as a structure is at its ends. */
    BYTES_OF_THE_STRUCTURE {
        @Override
        byte[] apply(byte[] bytes, Random random) {
            byte[] out = bytes.clone();
            int end = Math.min(out.length, 3000);
            for (int i = random.nextInt(4); i >= 0 && end > 0; i--) {
                int at = random.nextInt(end);
                out[random.nextBoolean() ? at : out.length - 1 - at] = (byte) random.nextInt(256);
            }
            return out;
        }
    },
    CUT_TAIL {
        @Override
        byte[] apply(byte[] bytes, Random random) {
            return Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
        }
    },
    HOLE {
        @Override
        byte[] apply(byte[] bytes, Random random) {
            int from = random.nextInt(bytes.length);
            int to = Math.min(bytes.length, from + 1 + random.nextInt(2000));
            byte[] out = Arrays.copyOf(bytes, bytes.length - (to - from));
            System.arraycopy(bytes, to, out, from, bytes.length - to);
            return out;
        }
    },
    REPEATED_PIECE {
        @Override
        byte[] apply(byte[] bytes, Random random) {
            int from = random.nextInt(bytes.length);
            int length = Math.min(bytes.length - from, 1 + random.nextInt(2000));
            byte[] out = Arrays.copyOf(bytes, bytes.length + length);
            System.arraycopy(bytes, from, out, from + length, bytes.length - from);
            return out;
        }
    },
    SWAPPED_PIECES {
        @Override
        byte[] apply(byte[] bytes, Random random) {
            byte[] out = bytes.clone();
            int length = 1 + random.nextInt(Math.max(1, Math.min(64, bytes.length / 2)));
            int one = random.nextInt(bytes.length - length + 1);
            int other = random.nextInt(Math.min(bytes.length, 3000) - Math.min(length, 3000) + 1);
            System.arraycopy(bytes, one, out, other, Math.min(length, out.length - other));
            System.arraycopy(bytes, other, out, one, Math.min(length, out.length - other));
            return out;
        }
    },
    /** Counts, sizes and offsets that are huge, negative, or just beyond a limit. */
    EXTREME_NUMBER {
        private final long[] extremes = {
            -1, 0, 1, 0x7fff, 0xffff, 0x7fffffffL, 0x80000000L, 0xffffffffL, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 40
        };

        @Override
        byte[] apply(byte[] bytes, Random random) {
            byte[] out = bytes.clone();
            int width = 1 << random.nextInt(4);
            int end = Math.min(out.length, 4000) - width;
            if (end <= 0) {
                return out;
            }
            int at = random.nextInt(end);
            ByteBuffer number = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            number.putLong(extremes[random.nextInt(extremes.length)]);
            System.arraycopy(number.array(), 0, out, random.nextBoolean() ? at : out.length - width - at, width);
            return out;
        }
    },
    /** A digit of text becomes another one, or many. */
    CHANGED_DIGITS {
        @Override
        byte[] apply(byte[] bytes, Random random) {
            int from = random.nextInt(Math.min(bytes.length, 4000));
            for (int i = from; i < bytes.length; i++) {
                if (bytes[i] >= '0' && bytes[i] <= '9') {
                    byte[] digits = "9"
                            .repeat(1 + random.nextInt(random.nextBoolean() ? 1 : 30))
                            .getBytes(StandardCharsets.US_ASCII);
                    byte[] out = Arrays.copyOf(bytes, bytes.length + digits.length - 1);
                    System.arraycopy(digits, 0, out, i, digits.length);
                    System.arraycopy(bytes, i + 1, out, i + digits.length, bytes.length - i - 1);
                    return out;
                }
            }
            return bytes.clone();
        }
    };

    abstract byte[] apply(byte[] bytes, Random random);
}
