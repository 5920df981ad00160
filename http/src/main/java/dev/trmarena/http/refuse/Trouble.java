package dev.trmarena.http.refuse;

import com.fasterxml.jackson.core.JacksonException;
import dev.trmarena.artifacts.store.ArtifactDamaged;
import dev.trmarena.artifacts.store.ArtifactMissing;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;

/**
 * What went wrong: a defect, which comes again however often the same is tried, or trouble with a disk or the database, which
 * may pass. The one place where this is decided.
 */
public final class Trouble {
    /** Classes of SQLSTATE that are about the values: data, integrity constraint, program limit. They stay as they are. */
    private static final Set<String> OF_THE_VALUES = Set.of("22", "23", "54");

    /** Connection exception, insufficient resources, operator intervention (shutting down, starting up). */
    private static final Set<String> OF_A_DATABASE_THAT_IS_AWAY = Set.of("08", "53", "57");

    private Trouble() {}

    /**
     * What is wrong for good, in words; empty when it may pass. Whatever neither the disk nor the database said is a defect: a
     * mistake of the program, a damaged artifact.
     */
    public static Optional<String> defect(Throwable thrown) {
        Optional<SQLException> refusal = causes(thrown)
                .filter(cause -> cause instanceof SQLException refused && refused.getSQLState() != null)
                .map(SQLException.class::cast)
                .findFirst();
        if (refusal.isPresent()) {
            return refusal.filter(refused -> isOf(OF_THE_VALUES, refused)).map(Trouble::words);
        }
        boolean damaged = causes(thrown).anyMatch(ArtifactDamaged.class::isInstance);
        boolean mayPass = ofTheStore(thrown) || causes(thrown).anyMatch(JdbiException.class::isInstance);
        return mayPass && !damaged ? Optional.empty() : Optional.of(words(thrown));
    }

    /** Whether a file could not be read or written, is not there or is damaged: a disk or a store is what to look at. */
    public static boolean ofTheStore(Throwable thrown) {
        return causes(thrown)
                .anyMatch(cause -> cause instanceof ArtifactMissing
                        || cause instanceof ArtifactDamaged
                        // What is no JSON was read all the same.
                        || cause instanceof IOException && !(cause instanceof JacksonException));
    }

    public static boolean diskIsFull(Throwable thrown) {
        return causes(thrown)
                .filter(IOException.class::isInstance)
                .map(cause -> String.valueOf(cause.getMessage()))
                .anyMatch(said -> said.contains("No space left on device") || said.contains("Disk quota exceeded"));
    }

    public static boolean databaseIsAway(Throwable thrown) {
        return causes(thrown)
                .anyMatch(cause -> cause instanceof SQLException refused
                        ? isOf(OF_A_DATABASE_THAT_IS_AWAY, refused)
                        : cause instanceof ConnectionException);
    }

    /** Its message and what the disk said; of the database what it said alone: a statement means nothing to a reader. */
    public static String words(Throwable thrown) {
        String innermost = message(innermost(thrown));
        if (causes(thrown).anyMatch(SQLException.class::isInstance)) {
            return innermost;
        }
        String outermost = message(thrown);
        return outermost.contains(innermost) ? outermost : outermost + ": " + innermost;
    }

    private static String message(Throwable thrown) {
        return thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
    }

    /** What lies at the bottom of it. */
    public static Throwable innermost(Throwable thrown) {
        return causes(thrown).reduce((outer, inner) -> inner).orElse(thrown);
    }

    private static boolean isOf(Set<String> classes, SQLException refused) {
        String state = refused.getSQLState();
        return state != null && state.length() == 5 && classes.contains(state.substring(0, 2));
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause);
    }
}
