package dev.trmarena.puzzles.score;

import java.util.BitSet;

/**
 * Which tasks of a set an evaluation solved: two bits a task, so that a board of a thousand evaluations on millions of tasks
 * fits into memory.
 */
public final class SolvedTasks {
    private final BitSet answered = new BitSet();
    private final BitSet unsolved = new BitSet();

    /** To begin with, nothing was answered. */
    public SolvedTasks() {}

    /** An output of this task; one that is wrong is enough to have it unsolved. */
    public void add(int task, boolean right) {
        answered.set(task);
        if (!right) {
            unsolved.set(task);
        }
    }

    /** How many are solved. */
    public int count() {
        return answered.cardinality() - unsolved.cardinality();
    }

    /** Bytes that it takes. */
    public int bytes() {
        return (answered.size() + unsolved.size()) / 8 + 100;
    }

    /**
     * @return solved here and not there
     * @throws IllegalArgumentException when they are about different tasks
     */
    BitSet without(SolvedTasks other) {
        requireSameTasks(other);
        BitSet only = (BitSet) other.unsolved.clone();
        only.andNot(unsolved);
        return only;
    }

    /** A bit a task that was answered, for the caller to change. */
    BitSet answered() {
        return (BitSet) answered.clone();
    }

    /** Keeps of these tasks those that are solved, or those that are not. */
    void keep(BitSet tasks, boolean solved) {
        if (solved) {
            tasks.andNot(unsolved);
        } else {
            tasks.and(unsolved);
        }
    }

    boolean solved(int task) {
        return answered.get(task) && !unsolved.get(task);
    }

    /** @throws IllegalArgumentException when they are about different tasks */
    void requireSameTasks(SolvedTasks other) {
        if (!answered.equals(other.answered)) {
            throw new IllegalArgumentException("the evaluations answered different tasks (" + answered.cardinality()
                    + " and " + other.answered.cardinality() + "); compare evaluations of one puzzle set");
        }
    }
}
