package dev.trmarena.messages;

import java.time.Duration;
import java.util.Locale;

/**
 * Everything that comes and goes by itself, with how long it is kept and how much of it, unless {@link Retention} is told otherwise
 * (decision 115). What people made, evaluations, models and sets, stays until it is removed, and is none of this. A test compares it
 * with the table in {@code docs/retention.md}.
 */
public enum Kept {
    /** {@link Topics#WORK}. A unit that no solver took in time is given out again by the database: the topic only carries. */
    WORK(days(7), mega(256), days(1), mega(64)),

    /** {@link Topics#OUTCOMES}. Read once; those that were not are recorded when the recorder is back, else the units run again. */
    OUTCOMES(days(30), giga(8), days(1), mega(256)),

    /** {@link Topics#WITHDRAWN}, the last word on each evaluation. A solver that knows none solves what nobody waits for. */
    WITHDRAWN(days(30), mega(256), days(1), mega(64)),

    /** {@link Topics#HEARTBEATS}. The next one comes after two seconds. */
    HEARTBEATS(Duration.ofHours(1), mega(256), Duration.ofMinutes(10), mega(64)),

    /** {@link Topics#SOLVER_ENDS}. */
    SOLVER_ENDS(days(30), mega(256), days(1), mega(64)),

    /** {@link Topics#DEAD_WORK}. The recorder reads them as they come; what lies there is for people. */
    DEAD_WORK(days(30), mega(256), days(1), mega(64)),

    /** Rows: which solver had which unit, of evaluations that are over. */
    DELIVERIES(days(90), giga(1), days(1), mega(1)),

    /** Rows: solvers that are not heard of, and how solvers ended. */
    SOLVERS(days(30), mega(64), Duration.ofHours(1), mega(1)),

    /** Rows: messages that could not be recorded. They are for people. */
    QUARANTINED(days(90), mega(256), Duration.ZERO, mega(1)),

    /** Rows: that an evaluation was removed, so that what is still heard of it is no error. */
    REMOVED(days(60), mega(64), days(1), mega(1)),

    /** Rows: what requests made, for those that are sent again, and at which uploads a process ended. */
    REQUESTS(days(1), mega(64), Duration.ofHours(1), mega(1)),

    /** Files that came whole and that nothing was made of. Of bytes all uploads count, as they were announced. */
    UPLOADS(days(1), giga(64), Duration.ofHours(1), mega(64)),

    /** Files of which something is still to come, since their last byte; of bytes as they were announced. */
    UNFINISHED(Duration.ofHours(2), giga(64), Duration.ofMinutes(10), mega(64)),

    /** Files that adaptations of all weights have kept, of evaluations that ended early: a retry goes on from them. */
    ADAPTATIONS(days(1), giga(16), Duration.ZERO, mega(1)),

    /** The log of each process that the launcher starts, and what was in it before, together. */
    LOGS(days(30), mega(32), Duration.ZERO, mega(1));

    final Duration time;
    final long bytes;

    /** Recovery may need what is younger than that. */
    final Duration leastTime;

    final long leastBytes;

    Kept(Duration time, long bytes, Duration leastTime, long leastBytes) {
        this.time = time;
        this.bytes = bytes;
        this.leastTime = leastTime;
        this.leastBytes = leastBytes;
    }

    /** The name that its settings begin with: {@code arena.retention.solver-ends}. */
    public String setting() {
        return "arena.retention." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Duration days(int days) {
        return Duration.ofDays(days);
    }

    private static long mega(long count) {
        return count << 20;
    }

    private static long giga(long count) {
        return count << 30;
    }
}
