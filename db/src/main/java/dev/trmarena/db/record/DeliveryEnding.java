package dev.trmarena.db.record;

/** How a delivery ended. A solver's own word counts more than {@link #LOST}, which others make of its silence. */
enum DeliveryEnding {
    SOLVED,
    /** No solver can solve the unit. */
    FAILED,
    /** The solver handed the unit back. */
    RETURNED,
    /** The solver is gone, or nothing was heard of it. */
    LOST
}
