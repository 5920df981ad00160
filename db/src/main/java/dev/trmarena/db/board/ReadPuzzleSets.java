package dev.trmarena.db.board;

import dev.trmarena.messages.Keys;
import dev.trmarena.puzzles.set.PuzzleKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Puzzle sets for the API. */
public final class ReadPuzzleSets {
    /** In a query in which s is a puzzle set: the metric that ranks on it, its own or the main one of its kind. */
    public static final String MAIN_METRIC = Arrays.stream(PuzzleKind.values())
            .map(kind -> "when '" + Keys.of(kind) + "' then '" + kind.mainMetric() + "'")
            .collect(Collectors.joining(" ", "coalesce(s.ranking_metric, case s.kind ", " end)"));

    private static final String SELECT = """
            select s.name, s.kind, s.manifest_digest as digest, s.seq_len, s.vocab_size, s.identifier_count, s.example_count,
                   s.task_count, s.created_at, %s as main_metric,
                   (select count(*) from evaluation e where e.puzzle_set_id = s.id) as evaluations,
                   (select name from puzzle_set n where n.id = s.successor_id) as successor
            from puzzle_set s
            """.formatted(MAIN_METRIC);

    private ReadPuzzleSets() {}

    public static Optional<PuzzleSetView> byName(Handle handle, String name) {
        return handle.createQuery(SELECT + "where s.name = :name")
                .bind("name", name)
                .mapTo(PuzzleSetView.class)
                .findOne();
    }

    /** All of them, by name. */
    public static List<PuzzleSetView> all(Handle handle) {
        return handle.createQuery(SELECT + "order by s.name")
                .mapTo(PuzzleSetView.class)
                .list();
    }

    /** SHA-256 of the manifest of the set that an evaluation runs on. */
    public static Optional<String> manifestOf(Handle handle, UUID evaluation) {
        return handle.createQuery("""
                        select s.manifest_digest from evaluation e join puzzle_set s on s.id = e.puzzle_set_id
                        where e.id = :id""")
                .bind("id", evaluation)
                .mapTo(String.class)
                .findOne();
    }
}
