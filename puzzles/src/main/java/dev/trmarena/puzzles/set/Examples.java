package dev.trmarena.puzzles.set;

/** Where the examples of a puzzle set come from. Safe for threads. */
interface Examples {
    int count();

    /** L tokens. */
    byte[] input(int example);

    /** L tokens; only where they are {@link #isLabelled}. */
    byte[] label(int example);

    boolean isLabelled();

    /** Bytes of memory that they take. */
    long bytes();

    /** Row of the puzzle embedding. */
    int identifier(int example);
}
