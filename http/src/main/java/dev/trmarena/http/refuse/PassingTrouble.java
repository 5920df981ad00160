package dev.trmarena.http.refuse;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;

/** Failures that are neither the request's fault nor a defect of the server, and go away: the answer says what to wait for. */
final class PassingTrouble {
    private static final int UNAVAILABLE = 503;
    private static final int INSUFFICIENT_STORAGE = 507;

    /** Classes of SQLSTATE: connection exception, insufficient resources, operator intervention (shutting down, starting up). */
    private static final Set<String> AWAY = Set.of("08", "53", "57");

    private PassingTrouble() {}

    /** @return null when it is something else */
    static @Nullable Problem of(Throwable thrown) {
        if (causes(thrown).anyMatch(PassingTrouble::diskIsFull)) {
            return Problem.of(
                    INSUFFICIENT_STORAGE,
                    null,
                    null,
                    "there is no space left where the platform keeps its files; nothing of this request was kept",
                    "free some space or give the artifact store a larger disk, then send the request again");
        }
        if (causes(thrown).anyMatch(PassingTrouble::databaseIsAway)) {
            return Problem.of(
                    UNAVAILABLE,
                    null,
                    null,
                    "the database does not answer at the moment",
                    "try again in a few seconds; sending the same request once more changes nothing twice");
        }
        return null;
    }

    /** The innermost message: what the disk or the database said. */
    static String words(Throwable thrown) {
        return causes(thrown).reduce((outer, inner) -> inner).orElse(thrown).toString();
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause);
    }

    private static boolean diskIsFull(Throwable cause) {
        String message = cause.getMessage();
        return cause instanceof IOException
                && message != null
                && (message.contains("No space left on device") || message.contains("Disk quota exceeded"));
    }

    private static boolean databaseIsAway(Throwable cause) {
        if (cause instanceof SQLException refused) {
            String state = refused.getSQLState();
            return state != null && state.length() == 5 && AWAY.contains(state.substring(0, 2));
        }
        return cause instanceof ConnectionException;
    }
}
