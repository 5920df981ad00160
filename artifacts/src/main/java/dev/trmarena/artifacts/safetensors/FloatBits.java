package dev.trmarena.artifacts.safetensors;

import java.nio.ByteBuffer;

/** Floating-point formats of tensors, widened to float32. Only double loses bits. */
final class FloatBits {
    private FloatBits() {}

    static float[] decode(ByteBuffer bytes, TensorType type) {
        float[] out = new float[bytes.remaining() / type.bytes()];
        switch (type) {
            case F32 -> bytes.asFloatBuffer().get(out);
            case F64 -> {
                var doubles = bytes.asDoubleBuffer();
                for (int i = 0; i < out.length; i++) {
                    out[i] = (float) doubles.get(i);
                }
            }
            case BF16 -> {
                var shorts = bytes.asShortBuffer();
                for (int i = 0; i < out.length; i++) {
                    out[i] = Float.intBitsToFloat(shorts.get(i) << 16);
                }
            }
            case F16 -> {
                var shorts = bytes.asShortBuffer();
                for (int i = 0; i < out.length; i++) {
                    out[i] = half(shorts.get(i));
                }
            }
            default -> throw new IllegalArgumentException("not a floating-point type: " + type);
        }
        return out;
    }

    /** IEEE 754 binary16; {@code Float.float16ToFloat} comes with Java 20 only. */
    static float half(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = (bits >> 10) & 0x1f;
        int mantissa = bits & 0x3ff;
        if (exponent == 0) {
            float magnitude = mantissa * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        if (exponent == 0x1f) {
            return Float.intBitsToFloat(sign | 0x7f800000 | (mantissa << 13));
        }
        return Float.intBitsToFloat(sign | ((exponent + 112) << 23) | (mantissa << 13));
    }
}
