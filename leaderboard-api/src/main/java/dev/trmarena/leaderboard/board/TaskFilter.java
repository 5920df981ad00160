package dev.trmarena.leaderboard.board;

import dev.trmarena.db.board.TaskRow;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.limits.Quote;
import dev.trmarena.puzzles.set.PuzzleKind;
import dev.trmarena.puzzles.set.TaskVerdict;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which tasks are asked for. */
final class TaskFilter {
    private static final List<String> BY_ATTEMPTS = List.of("right", "wrong");

    private TaskFilter() {}

    /**
     * @param only {@code right} or {@code wrong}, within the attempts of the kind, or one of the kind's verdicts
     * @throws Refusal 400 naming those there are
     */
    static Predicate<TaskRow> of(PuzzleKind kind, String only) {
        if (BY_ATTEMPTS.contains(only)) {
            return row -> row.right() == only.equals("right");
        }
        List<TaskVerdict> verdicts = kind.verdicts();
        TaskVerdict wanted = verdicts.stream()
                .filter(verdict -> verdict.key().equals(only))
                .findAny()
                .orElseThrow(() -> new Refusal(
                        400,
                        "only is '" + Quote.of(only) + "'",
                        "it is one of " + names(verdicts) + " on this set; leave it out for all tasks"));
        return row -> row.verdict(kind) == wanted;
    }

    private static String names(List<TaskVerdict> verdicts) {
        return Stream.concat(BY_ATTEMPTS.stream(), verdicts.stream().map(TaskVerdict::key))
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
