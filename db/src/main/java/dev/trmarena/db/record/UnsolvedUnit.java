package dev.trmarena.db.record;

/** What the row of a work unit says of who has it. */
public final class UnsolvedUnit {
    /** For {@code update work_unit set}: nobody has it, it waits to be given out. */
    public static final String WAITS = "given_out_at = null, started_at = null, heard_at = null, solver = null";

    private UnsolvedUnit() {}
}
