package dev.trmarena.leaderboard.compare;

import dev.trmarena.db.board.ReadTasks;
import dev.trmarena.puzzles.score.ScoreSheet;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Which outputs finished evaluations solved. That never changes again, so it is read once. */
@Singleton
public class SolvedOutputs {
    private static final int MOST = 1000;

    private final Map<UUID, ScoreSheet> known = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, ScoreSheet> eldest) {
            return size() > MOST;
        }
    };

    /** The evaluation must be finished. */
    public synchronized ScoreSheet of(Handle handle, UUID evaluation) {
        return known.computeIfAbsent(evaluation, id -> ReadTasks.solvedOutputs(handle, id));
    }
}
