package dev.trmarena.artifacts.safetensors;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file is not a safetensors file, or only the beginning of one; the message says where it goes wrong. */
public final class BadSafetensors extends IOException {
    private static final long serialVersionUID = 1;

    private final boolean truncated;
    private final boolean otherType;

    BadSafetensors(String problem, boolean truncated, @Nullable Throwable cause) {
        this(problem, truncated, false, cause);
    }

    private BadSafetensors(String problem, boolean truncated, boolean otherType, @Nullable Throwable cause) {
        super(problem, cause);
        this.truncated = truncated;
        this.otherType = otherType;
    }

    static BadSafetensors ofOtherType(String problem) {
        return new BadSafetensors(problem, false, true, null);
    }

    /** Whether it has a tensor of a type that is not read. */
    public boolean isOfOtherType() {
        return otherType;
    }

    /** Whether its header is sound and the bytes that it speaks of are not all there. */
    public boolean isTruncated() {
        return truncated;
    }
}
