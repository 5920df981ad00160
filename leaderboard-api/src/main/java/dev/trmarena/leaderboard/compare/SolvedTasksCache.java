package dev.trmarena.leaderboard.compare;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.trmarena.db.board.ReadTasks;
import dev.trmarena.puzzles.score.SolvedTasks;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Which tasks finished evaluations solved. That never changes again, so it is read once. */
@Singleton
public class SolvedTasksCache {
    /** A thousand evaluations on Sudoku-Extreme, 422,786 tasks, take 106 MB: those that are looked at stay. */
    private static final int MOST_BYTES = 32 << 20;

    private final Jdbi jdbi;
    private final Cache<UUID, SolvedTasks> known = Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumWeight(MOST_BYTES)
            .weigher((UUID evaluation, SolvedTasks tasks) -> tasks.bytes())
            .build();

    SolvedTasksCache(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * @param evaluation finished
     * @param attempts of the kind of its set
     */
    public SolvedTasks of(UUID evaluation, int attempts) {
        return known.get(evaluation, id -> {
            var solved = new SolvedTasks();
            // Read in pieces, which takes a transaction.
            jdbi.useTransaction(handle ->
                    ReadTasks.ranks(handle, id, (task, rank) -> solved.add(task, rank != null && rank <= attempts)));
            return solved;
        });
    }
}
