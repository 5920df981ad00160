package dev.trmarena.db;

import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Counts the processes that ended while they did a piece of work whose size an input decides. One that runs out of memory ends
 * at once and finds the same work again when it is started anew, for ever unless somebody counts. A try is written down in a
 * transaction of its own before the work begins, and crossed out with all before it once the work is over, well or not: it
 * ended, and nobody with it. What other processes left are deaths. Whoever kills a process on purpose is counted as well.
 */
public final class RiskyWork {
    /** So many processes may end at a piece of work: one may be chance. */
    public static final int MOST_DEATHS = 2;

    private static final UUID THIS_PROCESS = UUID.randomUUID();

    private RiskyWork() {}

    /** What is done. Each is counted for itself: that a header can be read says nothing of what it is the header of. */
    public enum Kind {
        /** Reads header and shapes of an uploaded checkpoint. */
        INSPECT,
        /** Reads every value of it. */
        VALUES,
        /** Makes a puzzle set of uploads. */
        IMPORT,
        /** Makes an evaluation of them; or of one that adapts, what it answers by. */
        PLAN,
        /** Reads answers of another system, and scores them. */
        ANSWERS,
        /** Scores an evaluation. */
        SCORE,
        /** Fetches a file. */
        FETCH
    }

    /** A try that was written down. */
    public static final class Try implements AutoCloseable {
        private final Jdbi jdbi;
        private final Kind kind;
        private final String subject;

        private Try(Jdbi jdbi, Kind kind, String subject) {
            this.jdbi = jdbi;
            this.kind = kind;
            this.subject = subject;
        }

        /** The work is over. */
        @Override
        public void close() {
            try {
                jdbi.useTransaction(handle -> forget(handle, kind, subject));
            } catch (JdbiException e) {
                // It counts as one death then, once this process is gone, until the work is done the next time.
            }
        }
    }

    /**
     * Ask for the {@link #deaths} before.
     *
     * @param subject an evaluation, or the SHA-256 of what was uploaded
     */
    public static Try begin(Jdbi jdbi, Kind kind, String subject) {
        jdbi.useTransaction(handle -> begin(handle, kind, subject, THIS_PROCESS));
        return new Try(jdbi, kind, subject);
    }

    static void begin(Handle handle, Kind kind, String subject, UUID process) {
        handle.createUpdate("insert into risky_work (kind, subject, process) values (:kind, :subject, :process)")
                .bind("kind", kind)
                .bind("subject", subject)
                .bind("process", process)
                .execute();
    }

    /** How many processes ended at it; one that did it for several at once died once. */
    public static int deaths(Handle handle, Kind kind, String subject) {
        return handle.createQuery("""
                        select count(distinct process) from risky_work
                        where kind = :kind and subject = :subject and process <> :process""")
                .bind("kind", kind)
                .bind("subject", subject)
                .bind("process", THIS_PROCESS)
                .mapTo(Integer.class)
                .one();
    }

    /** It did no harm, or somebody wants it to be tried again. */
    public static void forget(Handle handle, Kind kind, String subject) {
        handle.createUpdate("delete from risky_work where kind = :kind and subject = :subject")
                .bind("kind", kind)
                .bind("subject", subject)
                .execute();
    }

    /** Whatever it was, the processes that it ended are not those that do it now. */
    public static void forgetAll(Handle handle) {
        handle.execute("delete from risky_work");
    }

    /** What was done with uploads that began before then: they are gone, or whoever runs the platform wants them tried again. */
    public static void forgetUploadsBefore(Handle handle, Instant time) {
        handle.createUpdate("delete from risky_work where kind in (<kinds>) and began_at < :time")
                .bindList(
                        "kinds",
                        Arrays.asList(Kind.INSPECT, Kind.VALUES, Kind.IMPORT, Kind.PLAN, Kind.ANSWERS, Kind.FETCH))
                .bind("time", time)
                .execute();
    }
}
