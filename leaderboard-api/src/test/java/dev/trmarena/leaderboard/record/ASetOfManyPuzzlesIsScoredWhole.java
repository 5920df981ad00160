package dev.trmarena.leaderboard.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.TestPostgres;
import dev.trmarena.leaderboard.StoredSet;
import dev.trmarena.leaderboard.finish.Finisher;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Prediction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More puzzles than are written with one statement: each has its row, and the row is its own. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ASetOfManyPuzzlesIsScoredWhole {
    private static final int PUZZLES = 10_001;

    private final Jdbi jdbi = TestPostgres.migrated();

    @TempDir
    Path folder;

    @Test
    void every_puzzle_has_the_row_that_its_answer_earns() throws IOException {
        var store = new ArtifactStore(folder);
        StoredSet set = StoredSet.largeSudoku(jdbi, store, PUZZLES);
        UUID evaluation = set.plan(jdbi, "model");
        var finisher = Finisher.started(jdbi, store);
        var recorder = new OutcomeRecorder(jdbi, finisher.puzzleSets(), finisher.scoringJob());
        List<Outcome.Solved> answers = set.answers(evaluation, 7);
        recorder.recordTogether(List.of(), answers);
        finisher.look();

        assertThat(wrongCells(evaluation)).isEqualTo(expected(set, answers));
        assertThat(count("""
                        select count(*) from candidate c
                        join prediction p on p.evaluation_id = c.evaluation_id and p.example = c.task
                        where c.evaluation_id = :id and c.rank = 1 and c.votes = 1 and c.grid_digest = p.grid_digest""", evaluation)).isEqualTo(PUZZLES);
        assertThat(count("select count(*) from candidate where evaluation_id = :id", evaluation))
                .isEqualTo(PUZZLES);
    }

    /** By puzzle, as the database has them; a rank of 1 goes with no wrong cell. */
    private List<Integer> wrongCells(UUID evaluation) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select wrong_cells from test_output
                        where evaluation_id = :id and output = 0 and candidates = 1
                          and (solution_rank is not distinct from 1) = (wrong_cells = 0)
                        order by task""")
                .bind("id", evaluation)
                .mapTo(Integer.class)
                .list());
    }

    private static List<Integer> expected(StoredSet set, List<Outcome.Solved> answers) {
        return answers.stream()
                .flatMap(unit -> unit.predictions().stream())
                .map(prediction -> wrong(set, prediction))
                .toList();
    }

    private static int wrong(StoredSet set, Prediction prediction) {
        int[] label = set.set().label(prediction.example());
        byte[] tokens = prediction.tokens();
        return (int) IntStream.range(0, label.length)
                .filter(i -> label[i] != tokens[i])
                .count();
    }

    private int count(String query, UUID evaluation) {
        return jdbi.withHandle(handle -> handle.createQuery(query)
                .bind("id", evaluation)
                .mapTo(Integer.class)
                .one());
    }
}
