package dev.trmarena.leaderboard.board;

import dev.trmarena.db.board.TaskRow;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.limits.Quote;
import dev.trmarena.puzzles.set.PuzzleKind;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.TaskVerdict;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What tasks are ordered by, least first; equal ones in the order of their numbers, those without a value last. */
public enum TaskSort {
    NUMBER,
    NAME,
    /** The best first: {@link TaskVerdict}, then the rank of the solution. */
    VERDICT,
    /** Of the first candidate. */
    VOTES,
    /** Mean halt score of the first candidate. */
    HALT,
    /** Share of right cells. */
    CELLS;

    /** What a request asks for. @param descending whether the greatest come first */
    record Order(TaskSort by, boolean descending) {
        /**
         * @param text name in lower case, with a minus sign before it for the greatest first; null for the tasks' numbers
         * @throws Refusal 400 naming those there are
         */
        static Order of(@Nullable String text) {
            if (text == null) {
                return new Order(NUMBER, false);
            }
            boolean descending = text.startsWith("-");
            String name = descending ? text.substring(1) : text;
            TaskSort by = Arrays.stream(values())
                    .filter(sort -> sort.key().equals(name))
                    .findAny()
                    .orElseThrow(() -> new Refusal(
                            400,
                            "sort is '" + Quote.of(text) + "'",
                            "it is one of "
                                    + Arrays.stream(values()).map(TaskSort::key).collect(Collectors.joining(", "))
                                    + ", with a minus sign before it for the greatest first"));
            return new Order(by, descending);
        }

        /** Whether the order tells which tasks are right. */
        boolean needsSolutions() {
            return by == VERDICT || by == CELLS;
        }

        boolean asStored() {
            return by == NUMBER && !descending;
        }

        Comparator<TaskRow> comparator(PuzzleSet set) {
            PuzzleKind kind = set.manifest().kind();
            return switch (by) {
                case NUMBER -> by(TaskRow::task);
                case NAME -> by(row -> set.taskName(row.task()));
                case VERDICT -> {
                    Comparator<TaskRow> byVerdict = by(row -> row.verdict(kind));
                    yield byVerdict.thenComparing(by(TaskRow::solutionRank));
                }
                case VOTES -> by(TaskRow::votes);
                case HALT -> by(TaskRow::meanHalt);
                case CELLS -> by(TaskRow::rightCells);
            };
        }

        private <V extends Comparable<V>> Comparator<TaskRow> by(Function<TaskRow, @Nullable V> value) {
            Comparator<V> order = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
            return Comparator.comparing(value, Comparator.nullsLast(order));
        }
    }

    /** All that a request may ask for, in both directions. */
    public static List<String> requests() {
        return Arrays.stream(values())
                .map(TaskSort::key)
                .flatMap(key -> Stream.of(key, "-" + key))
                .toList();
    }

    private String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
