package dev.trmarena.leaderboard.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.TestPostgres;
import dev.trmarena.leaderboard.StoredSet;
import dev.trmarena.leaderboard.finish.Finisher;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every answer is recorded; then one file of the set after the other loses a bit, and a process that has not read it yet is to
 * score: it says which file is damaged, and there is no score.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AScoreIsNeverMadeOfDamagedFiles {
    /** What only solvers read. */
    private static final List<String> UNREAD = List.of("inputs.npy");

    private final Jdbi jdbi = TestPostgres.migrated();

    @TempDir
    Path folder;

    @Test
    void of_an_arc_set() throws Exception {
        assertEachIsNoticed(StoredSet.built(jdbi, new ArtifactStore(folder), "damaged-arc", 0, 6, 20, true));
    }

    @Test
    void of_a_sudoku_set_whose_solutions_are_read_for_the_score_alone() throws Exception {
        List<String> roles =
                assertEachIsNoticed(StoredSet.sudoku(jdbi, new ArtifactStore(folder), "damaged-sudoku", 0, 40));
        assertThat(roles).contains("labels.npy");
    }

    /** @return the files that were damaged, by their role */
    private List<String> assertEachIsNoticed(StoredSet set) throws Exception {
        var roles = new ArrayList<String>();
        for (var file : set.set().manifest().artifacts().entrySet()) {
            Finisher before = Finisher.started(jdbi, new ArtifactStore(folder));
            UUID evaluation = set.plan(jdbi, "with damaged " + file.getKey());
            var recorder = new OutcomeRecorder(jdbi, before.puzzleSets(), before.scoringJob());
            set.answers(evaluation, 7).forEach(recorder::record);
            Path path = new ArtifactStore(folder).path(file.getValue());
            flipTheLastBit(path);
            Finisher.started(jdbi, new ArtifactStore(folder)).look();
            flipTheLastBit(path);
            List<String> scores = lines("select metric from score where evaluation_id = :id", evaluation);
            if (lines("select state from evaluation where id = :id", evaluation).equals(List.of("finished"))) {
                // Nothing in a score depends on it: it was not opened.
                assertThat(file.getKey()).as("a file that no score needs").isIn(UNREAD);
                continue;
            }
            roles.add(file.getKey());
            assertThat(scores).as("scores with a damaged " + file.getKey()).isEmpty();
            assertThat(lines("select state || ': ' || failure from evaluation where id = :id", evaluation))
                    .singleElement()
                    .asString()
                    .contains("failed")
                    .contains("damaged")
                    .contains(file.getValue());
        }
        return roles;
    }

    private List<String> lines(String sql, UUID evaluation) {
        return jdbi.withHandle(handle -> handle.createQuery(sql)
                .bind("id", evaluation)
                .mapTo(String.class)
                .list());
    }

    private static void flipTheLastBit(Path path) throws IOException {
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            long last = file.length() - 1;
            file.seek(last);
            int value = file.read();
            file.seek(last);
            file.write(value ^ 1);
        }
    }
}
