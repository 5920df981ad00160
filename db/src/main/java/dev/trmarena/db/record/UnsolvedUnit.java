package dev.trmarena.db.record;

/**
 * What the row of a work unit that is not solved says of who has it, for statements: it waits to be given out, or it is in flight.
 */
public final class UnsolvedUnit {
    /** Condition: nobody has it, it waits to be given out. */
    public static final String IS_WAITING = "solved_at is null and given_out_at is null";

    /** Condition: it is given out, to a solver that has it or to the topic where solvers take it. */
    public static final String IS_IN_FLIGHT = "solved_at is null and given_out_at is not null";

    /** For {@code update work_unit set}: it is waiting. */
    public static final String WAITS = "given_out_at = null, started_at = null, heard_at = null, solver = null";

    private UnsolvedUnit() {}
}
