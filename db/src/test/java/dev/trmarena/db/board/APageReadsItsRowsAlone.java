package dev.trmarena.db.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.db.TestPostgres;
import dev.trmarena.puzzles.set.PuzzleKind;
import dev.trmarena.puzzles.set.PuzzleSetManifest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** However far into an evaluation a page begins, the database reads no more rows than are on it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class APageReadsItsRowsAlone {
    private static final int TASKS = 200_000;
    private static final int BEHIND = 190_000;
    private static final int ROWS = 2_000;

    private final Jdbi jdbi = TestPostgres.migrated();
    private final UUID evaluation = UUID.randomUUID();

    @BeforeEach
    void rows() {
        jdbi.useTransaction(handle -> {
            // Right by construction: what the rows refer to is in nobody's way.
            handle.execute("set local session_replication_role = replica");
            handle.execute("insert into grid values ('\\x00', 1, 1, '\\x00')");
            handle.execute(
                    "insert into test_output (evaluation_id, task, output, candidates, solution_rank, wrong_cells)"
                            + " select ?, task, 0, 1, 1, 0 from generate_series(0, ? - 1) task",
                    evaluation,
                    TASKS);
            handle.execute(
                    "insert into candidate (evaluation_id, task, output, rank, grid_digest, votes, mean_halt)"
                            + " select ?, task, 0, 1, '\\x00', 1, 0.5 from generate_series(0, ? - 1) task",
                    evaluation,
                    TASKS);
        });
    }

    @Test
    void of_test_outputs() {
        jdbi.useTransaction(handle -> {
            List<OutputRow> page = ReadTasks.outputs(handle, evaluation, BEHIND, 0, ROWS);
            assertThat(page).hasSize(ROWS);
            assertThat(page.get(0).task()).isEqualTo(BEHIND + 1);
            assertThat(page).allMatch(row -> Integer.valueOf(1).equals(row.votes()));
            assertThat(candidatesRead(handle)).isLessThan(2 * ROWS);
        });
    }

    @Test
    void of_tasks() {
        var manifest = PuzzleSetManifest.stored(PuzzleKind.SUDOKU, 1, 11, 1, null, TASKS, TASKS, 1);
        jdbi.useTransaction(handle -> {
            Map<Integer, TaskRow> page = new ListTasks(manifest).between(handle, evaluation, BEHIND, BEHIND + ROWS - 1);
            assertThat(page).hasSize(ROWS);
            assertThat(candidatesRead(handle)).isLessThan(2 * ROWS);
        });
    }

    /** In this transaction. */
    private static long candidatesRead(Handle handle) {
        return handle.createQuery("""
                        select seq_tup_read + idx_tup_fetch from pg_stat_xact_user_tables where relname = 'candidate'""").mapTo(Long.class).one();
    }
}
