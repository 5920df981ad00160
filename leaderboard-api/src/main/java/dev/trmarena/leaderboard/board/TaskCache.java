package dev.trmarena.leaderboard.board;

import dev.trmarena.db.board.ReadTasks;
import dev.trmarena.db.board.TaskRow;
import dev.trmarena.puzzles.set.PuzzleKind;
import jakarta.inject.Singleton;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * How the tasks of finished evaluations went. That never changes again, so it is read once: whoever walks through the tasks of
 * a set of hundreds of thousands asks for three of them at a time.
 */
@Singleton
public class TaskCache {
    /** About 100 bytes each; a set of Sudokus as published has 422,786. */
    private static final long MOST_TASKS = 1_000_000;

    private final Map<UUID, List<TaskRow>> known = new LinkedHashMap<>(64, 0.75f, true);
    private long tasks;

    /** All tasks in order; the evaluation must be finished. */
    public List<TaskRow> of(Handle handle, UUID evaluation, PuzzleKind kind) {
        List<TaskRow> there = known(evaluation);
        if (there != null) {
            return there;
        }
        // Nobody waits for the tasks of another evaluation: two who ask for the same at once both read them.
        List<TaskRow> rows = List.copyOf(ReadTasks.all(handle, evaluation, kind));
        keep(evaluation, rows);
        return rows;
    }

    private synchronized @Nullable List<TaskRow> known(UUID evaluation) {
        return known.get(evaluation);
    }

    private synchronized void keep(UUID evaluation, List<TaskRow> rows) {
        List<TaskRow> before = known.put(evaluation, rows);
        tasks += rows.size() - (before == null ? 0 : before.size());
        Iterator<List<TaskRow>> eldest = known.values().iterator();
        while (tasks > MOST_TASKS && known.size() > 1) {
            tasks -= eldest.next().size();
            eldest.remove();
        }
    }
}
