package dev.trmarena.leaderboard.board;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.trmarena.db.board.ListTasks;
import dev.trmarena.db.board.TaskCounts;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** How many tasks of finished evaluations went how. That never changes again, so all of them are looked at once. */
@Singleton
class CountedTasks {
    /** Of a few hundred bytes each, however many tasks there are. */
    private static final int MOST_EVALUATIONS = 10_000;

    private final Jdbi jdbi;
    private final Cache<UUID, TaskCounts> known = Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(MOST_EVALUATIONS)
            .build();

    CountedTasks(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** @param tasks of the set that the evaluation is on */
    TaskCounts of(UUID evaluation, ListTasks tasks) {
        return known.get(evaluation, id -> jdbi.withHandle(handle -> tasks.counts(handle, id)));
    }
}
