package dev.trmarena.ingest.hub;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Trouble of a hub that another try may not meet. */
final class Passing extends IOException {
    private static final long serialVersionUID = 1L;

    private final @Nullable Duration wait;

    /** @param wait how long the hub asks to be left alone; null when it does not say */
    Passing(String message, @Nullable Duration wait) {
        super(message);
        this.wait = wait;
    }

    @Nullable
    Duration asked() {
        return wait;
    }
}
