package dev.trmarena.db.board;

import dev.trmarena.puzzles.set.PuzzleKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What tasks are ordered by, least first; equal ones in the order of their numbers, those without a value last. */
public enum TaskSort {
    NUMBER,
    NAME,
    /** The best first: {@link dev.trmarena.puzzles.set.TaskVerdict}, then the rank of the solution. */
    VERDICT,
    /** Of the first candidate. */
    VOTES,
    /** Mean halt score of the first candidate. */
    HALT,
    /** Share of right cells. */
    CELLS;

    /** All that a request may ask for: the names in lower case, with a minus sign before them for the greatest first. */
    public static List<String> requests() {
        return Arrays.stream(values())
                .map(TaskSort::key)
                .flatMap(key -> Stream.of(key, "-" + key))
                .toList();
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the order tells which tasks are right. */
    public boolean needsSolutions() {
        return this == VERDICT || this == CELLS;
    }

    /**
     * Columns of {@link ListTasks} and what is computed of them, before the number.
     *
     * @param last what stands for no value in this direction
     */
    List<String> keys(PuzzleKind kind, String last) {
        return switch (this) {
            case NUMBER -> List.of();
            // Tasks of ARC have names of their own, of which there are few; the others are numbered from 1.
            case NAME ->
                List.of(kind.augmented() ? "(cast(:byName as int[]))[task + 1]" : "('#' || task + 1) collate \"C\"");
            case VERDICT ->
                List.of("array_position(cast(:verdicts as text[]), verdict)", orLast("solution_rank", last));
            // Where nothing votes, each answer has one.
            case VOTES -> kind.augmented() ? List.of("votes") : List.of();
            case HALT -> List.of("mean_halt");
            case CELLS -> List.of(orLast("right_cells", last));
        };
    }

    private static String orLast(String column, String last) {
        return "coalesce(" + column + ", cast('" + last + "' as float8))";
    }
}
