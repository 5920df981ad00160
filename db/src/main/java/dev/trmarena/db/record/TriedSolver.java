package dev.trmarena.db.record;

/** A solver that more is known of than its own word, for statements that call it {@code s}. */
public final class TriedSolver {
    /** Condition: its process took up a unit that was given out. */
    public static final String IS_TRIED = "exists (select 1 from delivery d where d.instance = s.instance)";

    private TriedSolver() {}
}
