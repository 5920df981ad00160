package dev.trmarena.leaderboard.compare;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.trmarena.leaderboard.finish.OpenPuzzleSets;
import dev.trmarena.puzzles.set.PuzzleSet;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The content hashes of the tasks of a set. A set never changes, so each is hashed once. */
@Singleton
class TaskContents {
    /** About 120 bytes each; a set of Sudokus as published has 422,786. A set of more than this may still be kept, alone. */
    private static final int MOST_HASHES = 1_000_000;

    private final OpenPuzzleSets puzzleSets;
    private final Cache<String, TaskHashes> known = Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumWeight(MOST_HASHES)
            .weigher((String manifest, TaskHashes set) ->
                    Math.min(1 + set.inOrder().size(), MOST_HASHES))
            .build();

    TaskContents(OpenPuzzleSets puzzleSets) {
        this.puzzleSets = puzzleSets;
    }

    /** In the order of the tasks. */
    private record TaskHashes(List<String> inOrder, Set<String> all) {}

    /** @return indexes of the tasks of the first set that the second one has, too */
    List<Integer> shared(String manifest, String otherManifest) {
        Set<String> others = of(otherManifest).all();
        List<String> hashes = of(manifest).inOrder();
        return IntStream.range(0, hashes.size())
                .filter(task -> others.contains(hashes.get(task)))
                .boxed()
                .toList();
    }

    String name(String manifest, int task) {
        return puzzleSets.byManifest(manifest).taskName(task);
    }

    private TaskHashes of(String manifest) {
        return known.get(manifest, digest -> {
            PuzzleSet set = puzzleSets.byManifest(digest);
            List<String> hashes = IntStream.range(0, set.taskCount())
                    .mapToObj(set::contentHash)
                    .toList();
            return new TaskHashes(hashes, Set.copyOf(hashes));
        });
    }
}
