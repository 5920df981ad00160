package dev.trmarena.puzzles.set;

/** Where the examples of a puzzle set come from. Safe for threads. */
interface Examples {
    int count();

    /** L tokens. */
    byte[] input(int example);

    /** L tokens. */
    byte[] label(int example);

    /** Bytes of memory that they take. */
    long bytes();

    /** Row of the puzzle embedding. */
    int identifier(int example);
}
