package dev.trmarena.puzzles.set;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * What became of a task, best first. An ARC task is solved at k when the solutions of all its test outputs are among the
 * first k candidates: its worst test output decides. Where solutions are among the candidates that count (the largest K of
 * the set's pass@K) for some of its test outputs only, it is partly solved, however good these are. Other tasks have one
 * answer, which is right or wrong.
 */
public enum TaskVerdict {
    /** The first candidate of every test output is right. */
    FIRST,
    /** The solution of every test output is among the first two candidates, the attempts of ARC's rules. */
    SECOND,
    /** The solution of every test output is among the candidates that count, one of them behind the second. */
    LATER,
    /** Of some test outputs the solution is among the candidates that count, of others it is not. */
    PARTLY,
    /** Of no test output is the solution among the candidates that count. */
    NEVER,
    /** Not ARC: every labelled cell is right. */
    RIGHT,
    /** Not ARC: a labelled cell is wrong. */
    WRONG;

    /** As it stands in the API. */
    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
