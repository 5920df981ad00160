package dev.trmarena.messages;

/** Names of the Kafka topics and consumer groups; work is a share group by decision 7. */
public final class Topics {
    /** {@link WorkUnit}s, written by the outbox relay of ingest, consumed by the share group {@link #SOLVERS}. */
    public static final String WORK = "arena.work";

    /** {@link Outcome}s, written by solvers, consumed by the ordinary consumer group {@link #RECORDERS}. */
    public static final String OUTCOMES = "arena.outcomes";

    /** What no solver can read, with its bytes (KIP-1191). */
    public static final String DEAD_WORK = "dlq.arena.work";

    /** {@link Withdrawal}s by evaluation, written by the outbox relay, read by every solver from the beginning. */
    public static final String WITHDRAWN = "arena.withdrawn";

    /** {@link Heartbeat}s of solvers, consumed by {@link #RECORDERS}. */
    public static final String HEARTBEATS = "arena.heartbeats";

    /** {@link SolverEnded}s by solver, written by whoever supervises it, consumed by {@link #RECORDERS}. */
    public static final String SOLVER_ENDS = "arena.solver-ends";

    public static final String SOLVERS = "solvers";
    public static final String RECORDERS = "recorders";

    private Topics() {}
}
