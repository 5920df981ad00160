package dev.trmarena.leaderboard.finish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.TestPostgres;
import dev.trmarena.leaderboard.StoredSet;
import dev.trmarena.puzzles.score.OutputResult;
import dev.trmarena.puzzles.score.ScoreSheet;
import dev.trmarena.puzzles.score.ScoredPrediction;
import dev.trmarena.puzzles.score.Scoring;
import dev.trmarena.puzzles.score.VoteProtocol;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scoring millions of puzzles holds no grid of theirs to the end, and its scores are the same. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GridsAreHandedOnWhenTheyAreRanked {
    private final Jdbi jdbi = TestPostgres.migrated();

    @TempDir
    Path folder;

    @Test
    void of_puzzles_and_of_tasks_with_votes() throws IOException {
        var store = new ArtifactStore(folder);
        assertHandedOn(StoredSet.sudoku(jdbi, store, "sudoku", 0, 40));
        assertHandedOn(StoredSet.built(jdbi, store, "arc", 0, 12, 8, true));
    }

    private static void assertHandedOn(StoredSet set) {
        Scoring scoring = Scoring.of(set.set());
        List<ScoredPrediction> predictions = set.answers(UUID.randomUUID(), 5).stream()
                .flatMap(unit -> unit.predictions().stream())
                .map(each -> new ScoredPrediction(
                        each.example(), set.set().prediction(each.example(), each.tokens()), each.qHalt()))
                .toList();
        ScoreSheet whole = scoring.score(predictions);
        assertThat(whole.outputs()).isNotEmpty().allSatisfy(output -> assertThat(output.top())
                .isNotEmpty());

        List<OutputResult> handedOn = new ArrayList<>();
        ScoreSheet bare = scoring.score(predictions, VoteProtocol.ALL, handedOn::add);
        assertThat(handedOn).containsExactlyInAnyOrderElementsOf(whole.outputs());
        assertThat(bare.outputs()).hasSameSizeAs(whole.outputs()).allSatisfy(output -> assertThat(output.top())
                .isEmpty());
        assertThat(bare.metrics()).isEqualTo(whole.metrics());
        assertThat(scoring.intervals(bare)).isEqualTo(scoring.intervals(whole));
    }
}
