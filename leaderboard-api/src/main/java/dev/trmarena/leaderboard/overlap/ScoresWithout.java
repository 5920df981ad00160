package dev.trmarena.leaderboard.overlap;

import dev.trmarena.db.board.PuzzleSetView;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.leaderboard.compare.SolvedOutputs;
import dev.trmarena.leaderboard.finish.OpenPuzzleSets;
import dev.trmarena.puzzles.score.Interval;
import dev.trmarena.puzzles.score.ScoreSheet;
import dev.trmarena.puzzles.score.SubsetScoring;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Scores of finished evaluations without the tasks that another set has, too. Neither sets nor finished evaluations change, so
 * each is computed once: the intervals of an entry take tens of milliseconds.
 */
@Singleton
public class ScoresWithout {
    private static final int MOST_PAIRS = 16;
    private static final int MOST_SCORES = 1000;

    private final TaskContents contents;
    private final OpenPuzzleSets puzzleSets;
    private final SolvedOutputs solvedOutputs;
    private final Map<Pair, Part> parts = recent(MOST_PAIRS);
    private final Map<Key, Rescored> scores = recent(MOST_SCORES);

    ScoresWithout(TaskContents contents, OpenPuzzleSets puzzleSets, SolvedOutputs solvedOutputs) {
        this.contents = contents;
        this.puzzleSets = puzzleSets;
        this.solvedOutputs = solvedOutputs;
    }

    private record Pair(String manifest, String otherManifest) {}

    private record Key(UUID evaluation, String otherManifest) {}

    /**
     * The tasks that remain of a set.
     *
     * @param leftOut number of tasks that the other set has, too, at least 1
     * @param remaining number of the others, at least 1
     */
    public record Part(PuzzleSetView set, PuzzleSetView other, int leftOut, int remaining, SubsetScoring scoring) {}

    /** An evaluation over the remaining tasks. Scores that do not follow from what is stored are not there. */
    public record Rescored(ScoreSheet sheet, SortedMap<String, Interval> intervals) {}

    /** @throws Refusal 409 when the sets share no task, or all of them */
    public synchronized Part part(PuzzleSetView set, PuzzleSetView other) {
        Part known = parts.get(new Pair(set.digest(), other.digest()));
        if (known != null) {
            return known;
        }
        List<Integer> shared = contents.shared(set.digest(), other.digest());
        if (shared.isEmpty() || shared.size() == set.taskCount()) {
            throw new Refusal(
                    409,
                    shared.isEmpty()
                            ? set.name() + " shares no task with " + other.name() + ", there is nothing to leave out"
                            : "all " + shared.size() + " tasks of " + set.name() + " are in " + other.name()
                                    + ", too: none would remain",
                    "GET /api/puzzle-sets/" + set.name() + "/overlaps lists the sets that share tasks with it");
        }
        var scoring = new SubsetScoring(puzzleSets.byManifest(set.digest()), shared);
        var part = new Part(set, other, shared.size(), set.taskCount() - shared.size(), scoring);
        parts.put(new Pair(set.digest(), other.digest()), part);
        return part;
    }

    /** @param evaluation finished, on the set of the part */
    public Rescored of(Handle handle, Part part, UUID evaluation) {
        var key = new Key(evaluation, part.other().digest());
        synchronized (this) {
            Rescored known = scores.get(key);
            if (known != null) {
                return known;
            }
        }
        ScoreSheet sheet = part.scoring().of(solvedOutputs.of(handle, evaluation));
        var rescored = new Rescored(sheet, part.scoring().intervals(sheet));
        synchronized (this) {
            scores.put(key, rescored);
        }
        return rescored;
    }

    private static <K, V> Map<K, V> recent(int most) {
        return new LinkedHashMap<>(most, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }
}
