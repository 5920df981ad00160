package dev.trmarena.artifacts.safetensors;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file is not a safetensors file, or only the beginning of one; the message says where it goes wrong. */
public final class BadSafetensors extends IOException {
    private static final long serialVersionUID = 1;

    private final boolean truncated;

    BadSafetensors(String problem, boolean truncated, @Nullable Throwable cause) {
        super(problem, cause);
        this.truncated = truncated;
    }

    /** Whether its header is sound and the bytes that it speaks of are not all there. */
    public boolean isTruncated() {
        return truncated;
    }
}
