package dev.trmarena.leaderboard.finish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.TestPostgres;
import dev.trmarena.http.set.OpenPuzzleSets;
import dev.trmarena.leaderboard.StoredSet;
import dev.trmarena.puzzles.set.PuzzleSet;
import java.io.IOException;
import java.nio.file.Path;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few large sets take no more memory than many small ones may. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OpenSetsAreWeighedByTheirBytes {
    private final Jdbi jdbi = TestPostgres.migrated();

    @TempDir
    Path folder;

    @Test
    void large_ones_are_closed_for_one_another_small_ones_stay() throws IOException {
        var store = new ArtifactStore(folder);
        StoredSet first = StoredSet.built(jdbi, store, "first", 0, 6, 60, true);
        StoredSet second = StoredSet.built(jdbi, store, "second", 6, 12, 60, true);
        StoredSet small = StoredSet.sudoku(jdbi, store, "small", 0, 12);
        long bytes = first.set().bytes();
        assertThat(bytes)
                .as("of more augmentations, more")
                .isGreaterThan(StoredSet.built(jdbi, store, "fewer", 0, 6, 4, true)
                        .set()
                        .bytes());
        assertThat(small.set().bytes()).as("mapped, not held").isLessThan(bytes / 2);

        long most = bytes + bytes / 2;
        var sets = new OpenPuzzleSets(store, most);
        PuzzleSet open = sets.byManifest(first.digest());
        PuzzleSet smallOne = sets.byManifest(small.digest());
        assertThat(sets.byManifest(first.digest())).isSameAs(open);
        assertThat(sets.byManifest(small.digest())).isSameAs(smallOne);
        for (int i = 0; i < 3; i++) {
            sets.byManifest(second.digest());
            sets.byManifest(first.digest());
        }
        assertThat(sets.openBytes()).as("open at once").isLessThanOrEqualTo(most);
    }
}
