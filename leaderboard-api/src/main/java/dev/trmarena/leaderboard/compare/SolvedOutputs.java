package dev.trmarena.leaderboard.compare;

import dev.trmarena.db.board.ReadTasks;
import dev.trmarena.puzzles.score.ScoreSheet;
import jakarta.inject.Singleton;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Which outputs finished evaluations solved. That never changes again, so it is read once. */
@Singleton
public class SolvedOutputs {
    /** About 50 bytes each; 1,000 evaluations on a set of ARC have 400,000. */
    private static final long MOST_OUTPUTS = 1_000_000;

    private final Map<UUID, ScoreSheet> known = new LinkedHashMap<>(64, 0.75f, true);
    private long outputs;

    /** The evaluation must be finished. */
    public synchronized ScoreSheet of(Handle handle, UUID evaluation) {
        ScoreSheet there = known.get(evaluation);
        if (there != null) {
            return there;
        }
        ScoreSheet sheet = ReadTasks.solvedOutputs(handle, evaluation);
        known.put(evaluation, sheet);
        outputs += sheet.outputs().size();
        Iterator<ScoreSheet> eldest = known.values().iterator();
        while (outputs > MOST_OUTPUTS && known.size() > 1) {
            outputs -= eldest.next().outputs().size();
            eldest.remove();
        }
        return sheet;
    }
}
