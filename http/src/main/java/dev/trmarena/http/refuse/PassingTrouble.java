package dev.trmarena.http.refuse;

import org.jspecify.annotations.Nullable;

/** Failures that are neither the request's fault nor a defect of the server, and go away: the answer says what to wait for. */
final class PassingTrouble {
    private static final int UNAVAILABLE = 503;
    private static final int INSUFFICIENT_STORAGE = 507;

    private PassingTrouble() {}

    /** @return null when it is something else */
    static @Nullable Problem of(Throwable thrown) {
        if (Trouble.diskIsFull(thrown)) {
            return Problem.of(
                    INSUFFICIENT_STORAGE,
                    null,
                    null,
                    "there is no space left where the platform keeps its files; nothing of this request was kept",
                    "free some space or give the artifact store a larger disk, then send the request again");
        }
        if (Trouble.databaseIsAway(thrown)) {
            return Problem.of(
                    UNAVAILABLE,
                    null,
                    null,
                    "the database does not answer at the moment",
                    "try again in a few seconds; sending the same request once more changes nothing twice");
        }
        return null;
    }
}
