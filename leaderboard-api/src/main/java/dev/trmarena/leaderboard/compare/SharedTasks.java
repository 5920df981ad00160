package dev.trmarena.leaderboard.compare;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.trmarena.db.board.PuzzleSetView;
import dev.trmarena.db.board.ReadOverlaps;
import dev.trmarena.http.set.OpenPuzzleSets;
import dev.trmarena.puzzles.set.PuzzleSet;
import jakarta.inject.Singleton;
import java.util.BitSet;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Tasks that two sets share. Sets never change, so each pair is looked up once; the database knows what their tasks are. */
@Singleton
class SharedTasks {
    private static final int MOST_BYTES = 8 << 20;

    private final Jdbi jdbi;
    private final OpenPuzzleSets puzzleSets;
    private final Cache<Pair, Overlap> known = Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumWeight(MOST_BYTES)
            .weigher((Pair pair, Overlap overlap) -> overlap.bytes())
            .build();

    SharedTasks(Jdbi jdbi, OpenPuzzleSets puzzleSets) {
        this.jdbi = jdbi;
        this.puzzleSets = puzzleSets;
    }

    private record Pair(String set, String other) {}

    Overlap overlap(PuzzleSetView set, PuzzleSetView other) {
        return known.get(new Pair(set.name(), other.name()), pair -> {
            int count = jdbi.withHandle(handle -> ReadOverlaps.count(handle, pair.set(), pair.other()));
            return new Overlap(pair.other(), count, count == 0 ? List.of() : names(set, pair));
        });
    }

    private List<String> names(PuzzleSetView set, Pair pair) {
        List<Integer> first =
                jdbi.withHandle(handle -> ReadOverlaps.first(handle, pair.set(), pair.other(), Overlap.MOST_NAMES));
        PuzzleSet open = puzzleSets.byManifest(set.digest());
        return first.stream().map(open::taskName).toList();
    }

    /** @return indexes of the tasks of the first set that the second one has, too */
    BitSet all(PuzzleSetView set, PuzzleSetView other) {
        // Read in pieces, which takes a transaction.
        return jdbi.inTransaction((Handle handle) -> ReadOverlaps.all(handle, set.name(), other.name()));
    }
}
