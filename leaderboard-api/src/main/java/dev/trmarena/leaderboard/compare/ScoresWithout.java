package dev.trmarena.leaderboard.compare;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.trmarena.db.board.PuzzleSetView;
import dev.trmarena.db.board.ReadTasks;
import dev.trmarena.db.plan.Overlaps;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.http.set.OpenPuzzleSets;
import dev.trmarena.puzzles.score.Interval;
import dev.trmarena.puzzles.score.SolvedTasks;
import dev.trmarena.puzzles.score.SubsetScoring;
import dev.trmarena.puzzles.set.PuzzleSet;
import jakarta.inject.Singleton;
import java.util.BitSet;
import java.util.SortedMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Scores of finished evaluations without the tasks that another set has, too. Neither sets nor finished evaluations change, so
 * each is computed once: the intervals of an entry take tens of milliseconds.
 */
@Singleton
public class ScoresWithout {
    /** Of the parts, each of which keeps its set open, and of the scores. */
    private static final int MOST_BYTES = 48 << 20;

    /** Of the scores and intervals of one, beside its tasks. */
    private static final int SCORES_BYTES = 1500;

    private final Jdbi jdbi;
    private final OpenPuzzleSets puzzleSets;
    private final Cache<Pair, Part> parts = Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumWeight(MOST_BYTES)
            .weigher((Pair pair, Part part) -> part.bytes())
            .build();
    private final Cache<Key, Scores> scores = Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumWeight(MOST_BYTES / 3)
            .weigher((Key key, Scores one) -> SCORES_BYTES + one.solved().bytes())
            .build();

    ScoresWithout(Jdbi jdbi, OpenPuzzleSets puzzleSets) {
        this.jdbi = jdbi;
        this.puzzleSets = puzzleSets;
    }

    private record Pair(String manifest, String otherManifest) {}

    private record Key(UUID evaluation, String otherManifest) {}

    /**
     * The tasks that remain of a set.
     *
     * @param leftOut number of tasks that the other set has, too, at least 1
     * @param remaining number of the others, at least 1
     */
    public record Part(
            PuzzleSetView set, PuzzleSetView other, int leftOut, int remaining, SubsetScoring scoring, long setBytes) {
        private int bytes() {
            return (int) Math.min(MOST_BYTES, setBytes + set.taskCount() / Byte.SIZE);
        }
    }

    /** An evaluation over the remaining tasks. Scores that do not follow from what is stored are not there. */
    public record Scores(
            SortedMap<String, Double> metrics, SortedMap<String, Interval> intervals, SolvedTasks solved) {}

    /** @throws Refusal 409 when the sets share no task, or all of them */
    public Part part(PuzzleSetView set, PuzzleSetView other) {
        return parts.get(new Pair(set.digest(), other.digest()), pair -> newPart(set, other));
    }

    private Part newPart(PuzzleSetView set, PuzzleSetView other) {
        // Read in pieces, which takes a transaction.
        BitSet shared = jdbi.inTransaction((Handle handle) -> Overlaps.all(handle, set.name(), other.name()));
        int leftOut = shared.cardinality();
        if (leftOut == 0 || leftOut == set.taskCount()) {
            throw new Refusal(
                    409,
                    shared.isEmpty()
                            ? set.name() + " shares no task with " + other.name() + ", there is nothing to leave out"
                            : "all " + leftOut + " tasks of " + set.name() + " are in " + other.name()
                                    + ", too: none would remain",
                    "GET /api/puzzle-sets/" + set.name() + "/overlaps lists the sets that share tasks with it");
        }
        PuzzleSet open = puzzleSets.byManifest(set.digest());
        var scoring = new SubsetScoring(open, shared);
        return new Part(set, other, leftOut, set.taskCount() - leftOut, scoring, open.bytes());
    }

    /** @param evaluation finished, on the set of the part */
    public Scores of(Part part, UUID evaluation) {
        return scores.get(new Key(evaluation, part.other().digest()), key -> {
            SubsetScoring.OfOne scoring = part.scoring().begin();
            // Read in pieces, which takes a transaction; the connection is given back before anything is computed.
            jdbi.useTransaction(handle -> ReadTasks.ranks(handle, evaluation, scoring::add));
            return new Scores(scoring.metrics(), scoring.intervals(), scoring.solved());
        });
    }
}
