package dev.trmarena.leaderboard.board;

import dev.trmarena.db.board.TaskSelection;
import dev.trmarena.db.board.TaskSort;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.limits.Quote;
import dev.trmarena.puzzles.set.PuzzleKind;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.TaskVerdict;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a request means by {@code only} and {@code sort}. */
final class AskedTasks {
    private static final List<String> BY_ATTEMPTS = List.of("right", "wrong");

    /** @param descending whether the greatest come first */
    record Order(TaskSort by, boolean descending) {
        /**
         * @param text name in lower case, with a minus sign before it for the greatest first; null for the tasks' numbers
         * @throws Refusal 400 naming those there are
         */
        static Order of(@Nullable String text) {
            if (text == null) {
                return new Order(TaskSort.NUMBER, false);
            }
            boolean descending = text.startsWith("-");
            String name = descending ? text.substring(1) : text;
            TaskSort by = Arrays.stream(TaskSort.values())
                    .filter(sort -> sort.key().equals(name))
                    .findAny()
                    .orElseThrow(() -> new Refusal(
                            400,
                            "sort is '" + Quote.of(text) + "'",
                            "it is one of "
                                    + Arrays.stream(TaskSort.values())
                                            .map(TaskSort::key)
                                            .collect(Collectors.joining(", "))
                                    + ", with a minus sign before it for the greatest first"));
            return new Order(by, descending);
        }
    }

    private AskedTasks() {}

    /**
     * @param only {@code right} or {@code wrong}, within the attempts of the kind, or one of the kind's verdicts; null for all
     * @throws Refusal 400 naming those there are
     */
    static TaskSelection of(PuzzleSet set, @Nullable String only, Order order) {
        Boolean right = null;
        TaskVerdict verdict = null;
        if (only != null && BY_ATTEMPTS.contains(only)) {
            right = only.equals("right");
        } else if (only != null) {
            verdict = verdict(set.manifest().kind(), only);
        }
        int[] byName =
                order.by() == TaskSort.NAME ? set.match(AskedTasks::placesByName, numbered -> new int[0]) : new int[0];
        return new TaskSelection(right, verdict, order.by(), order.descending(), byName);
    }

    private static TaskVerdict verdict(PuzzleKind kind, String only) {
        List<TaskVerdict> verdicts = kind.verdicts();
        return verdicts.stream()
                .filter(verdict -> verdict.key().equals(only))
                .findAny()
                .orElseThrow(() -> new Refusal(
                        400,
                        "only is '" + Quote.of(only) + "'",
                        "it is one of " + names(verdicts) + " on this set; leave it out for all tasks"));
    }

    private static String names(List<TaskVerdict> verdicts) {
        return Stream.concat(BY_ATTEMPTS.stream(), verdicts.stream().map(TaskVerdict::key))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** The database does not know the names of an ARC set's tasks, of which there are thousands at most. */
    private static int[] placesByName(PuzzleSet set) {
        List<Integer> ordered = IntStream.range(0, set.taskCount())
                .boxed()
                .sorted(Comparator.comparing(set::taskName))
                .toList();
        int[] places = new int[set.taskCount()];
        for (int place = 0; place < places.length; place++) {
            places[ordered.get(place)] = place;
        }
        return places;
    }
}
