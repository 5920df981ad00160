package dev.trmarena.db.canary;

import org.jspecify.annotations.Nullable;

/**
 * The canary of an evaluation that is planned.
 *
 * @param none why there is none; null where there is one
 * @param examples demonstrations, at least 1 where there is one
 * @param stopsIfSuspect see {@link CanaryView}
 */
public record NewCanary(@Nullable String none, int examples, boolean stopsIfSuspect) {
    public NewCanary {
        if (none == null && examples < 1) {
            throw new IllegalArgumentException("a canary of " + examples + " demonstrations");
        }
    }

    /** As it is shown until it is judged. */
    public CanaryView view() {
        return none == null ? CanaryView.of(examples, stopsIfSuspect) : CanaryView.without(none, stopsIfSuspect);
    }
}
