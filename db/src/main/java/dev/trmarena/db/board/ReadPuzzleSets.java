package dev.trmarena.db.board;

import dev.trmarena.puzzles.set.PuzzleKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Puzzle sets for the API. */
public final class ReadPuzzleSets {
    private static final String SELECT = """
            select s.*, (select count(*) from evaluation e where e.puzzle_set_id = s.id) as evaluations
            from puzzle_set s
            """;

    private ReadPuzzleSets() {}

    public static Optional<PuzzleSetView> byName(Handle handle, String name) {
        return handle.createQuery(SELECT + "where s.name = :name")
                .bind("name", name)
                .map(ReadPuzzleSets::view)
                .findOne();
    }

    /** All of them, by name. */
    public static List<PuzzleSetView> all(Handle handle) {
        return handle.createQuery(SELECT + "order by s.name")
                .map(ReadPuzzleSets::view)
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

    private static PuzzleSetView view(ResultSet row, StatementContext context) throws SQLException {
        return new PuzzleSetView(
                row.getString("name"),
                row.getString("kind"),
                row.getString("manifest_digest"),
                row.getInt("seq_len"),
                row.getInt("vocab_size"),
                row.getInt("identifier_count"),
                row.getInt("example_count"),
                row.getInt("task_count"),
                row.getTimestamp("created_at").toInstant(),
                mainMetric(row),
                row.getInt("evaluations"));
    }

    /** The metric that ranks, of a row with the set's kind and ranking metric. */
    static String mainMetric(ResultSet row) throws SQLException {
        String chosen = row.getString("ranking_metric");
        return chosen != null ? chosen : PuzzleKind.named(row.getString("kind")).mainMetric();
    }
}
