package dev.trmarena.leaderboard.board;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.trmarena.db.board.ReadTasks;
import dev.trmarena.db.board.TaskRow;
import dev.trmarena.puzzles.set.PuzzleKind;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * How the tasks of finished evaluations went. That never changes again, so it is read once: whoever walks through the tasks of
 * a set of hundreds of thousands asks for three of them at a time.
 */
@Singleton
public class TaskCache {
    /**
     * About 100 bytes each; a set of Sudokus as published has 422,786. An evaluation weighs one more than it has tasks, so that
     * one without any counts; one of more than this may still be kept, alone.
     */
    private static final int MOST_TASKS = 1_000_000;

    private final Jdbi jdbi;
    private final Cache<UUID, List<TaskRow>> known = Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumWeight(MOST_TASKS)
            .weigher((UUID evaluation, List<TaskRow> rows) -> Math.min(1 + rows.size(), MOST_TASKS))
            .build();

    TaskCache(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** All tasks in order; the evaluation must be finished. */
    public List<TaskRow> of(UUID evaluation, PuzzleKind kind) {
        List<TaskRow> rows = known.getIfPresent(evaluation);
        if (rows == null) {
            // Nobody waits for the tasks of another evaluation: two who ask for the same at once both read them.
            rows = List.copyOf(jdbi.withHandle(handle -> ReadTasks.all(handle, evaluation, kind)));
            known.put(evaluation, rows);
        }
        return rows;
    }
}
