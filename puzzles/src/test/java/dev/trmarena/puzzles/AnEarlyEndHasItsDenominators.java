package dev.trmarena.puzzles;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.npy.NpyArray;
import dev.trmarena.puzzles.score.Interval;
import dev.trmarena.puzzles.score.PartialSheet;
import dev.trmarena.puzzles.score.ScoredPrediction;
import dev.trmarena.puzzles.score.Scoring;
import dev.trmarena.puzzles.score.VoteProtocol;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetImport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an evaluation comes to that ended early is said of what was answered and of all there is, for every kind of set. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AnEarlyEndHasItsDenominators {
    private static final Path DEMO =
            Path.of(System.getProperty("arena.root", "..")).resolve("demo");
    private static final double ROUNDING = 1e-12;

    @TempDir
    Path folder;

    /** Nine examples a task; the first two tasks are not solved by the authors' answers, the third is. */
    @Test
    void arc_counts_the_tasks_that_were_answered_whole() throws IOException {
        PuzzleSet set = open("arc-style");
        List<ScoredPrediction> all = predictions("arc-style", set);
        PartialSheet three = partly(set, all.subList(0, 27), VoteProtocol.ALL);
        assertThat(three.answered()).isEqualTo(3);
        assertThat(three.tasks()).isEqualTo(12);
        for (String metric : List.of("pass@1", "pass@2", "arc_prize", "strict", "kaggle")) {
            assertThat(three.sheet().metrics().get(metric)).as(metric).isCloseTo(1 / 3.0, within(ROUNDING));
        }
        assertThat(three.atLeast().get("pass@2")).isCloseTo(1 / 12.0, within(ROUNDING));
        assertThat(three.atLeast().get("kaggle")).as("of 14 test outputs").isCloseTo(1 / 14.0, within(ROUNDING));
        Interval interval = Scoring.of(set).intervals(three.sheet()).get("pass@2");
        assertThat(interval).as("of the three").isEqualTo(new Interval(0, 1));
        assertThat(three.sheet().outputs()).hasSize(3);
    }

    @Test
    void one_that_lacks_a_vote_is_none_of_them() throws IOException {
        PuzzleSet set = open("arc-style");
        List<ScoredPrediction> all = predictions("arc-style", set);
        PartialSheet lacking = partly(set, all.subList(0, 26), VoteProtocol.ALL);
        assertThat(lacking.answered()).isEqualTo(2);
        assertThat(lacking.sheet().metrics()).containsEntry("pass@2", 0.0);
        assertThat(lacking.atLeast())
                .as("the missing vote might rank another first")
                .containsEntry("pass@2", 0.0);
        PartialSheet none = partly(set, all.subList(0, 5), VoteProtocol.ALL);
        assertThat(none.answered()).isZero();
        assertThat(none.sheet().metrics()).doesNotContainKey("pass@2").containsKey("accuracy");
        assertThat(none.atLeast()).containsEntry("pass@2", 0.0);
        assertThat(Scoring.of(set).intervals(none.sheet())).isEmpty();
    }

    @Test
    void and_its_examples_are_those_that_the_protocol_runs() throws IOException {
        PuzzleSet set = open("arc-style");
        List<ScoredPrediction> all = predictions("arc-style", set);
        PartialSheet whole = partly(set, all, VoteProtocol.ALL);
        assertThat(whole.answered()).isEqualTo(12);
        assertThat(whole.sheet().metrics()).isEqualTo(Scoring.of(set).score(all).metrics());
        assertThat(whole.atLeast()).isEqualTo(whole.sheet().metrics());

        PartialSheet some = partly(set, all.subList(0, 27), VoteProtocol.ALL);
        for (String metric : List.of("exact_accuracy", "accuracy", "q_halt_accuracy")) {
            assertThat(some.atLeast().get(metric))
                    .as(metric)
                    .isCloseTo(value(some.sheet().metrics(), metric) * 27 / 126, within(ROUNDING));
        }
        VoteProtocol original = VoteProtocol.ORIGINAL_ONLY;
        List<ScoredPrediction> originals =
                all.stream().filter(each -> original.votes(set, each.example())).toList();
        assertThat(originals).hasSize(14);
        PartialSheet few = partly(set, originals.subList(0, 3), original);
        assertThat(few.answered()).as("a task has one example by this protocol").isEqualTo(3);
        assertThat(few.atLeast().get("accuracy"))
                .isCloseTo(value(few.sheet().metrics(), "accuracy") * 3 / 14, within(ROUNDING));
    }

    @Test
    void of_sudokus_each_is_a_task() throws IOException {
        PuzzleSet set = open("sudoku-4x4");
        List<ScoredPrediction> all = predictions("sudoku-4x4", set);
        PartialSheet quarter = partly(set, all.subList(0, 125), VoteProtocol.ALL);
        assertThat(quarter.answered()).isEqualTo(125);
        assertThat(quarter.tasks()).isEqualTo(500);
        var metrics = quarter.sheet().metrics();
        assertThat(metrics)
                .isEqualTo(Scoring.of(set).score(all.subList(0, 125)).metrics())
                .containsKeys("exact_accuracy", "accuracy", "q_halt_accuracy", "valid_solution");
        metrics.forEach((name, value) ->
                assertThat(quarter.atLeast().get(name)).as(name).isCloseTo(value / 4, within(ROUNDING)));
        long exact = Math.round(value(metrics, "exact_accuracy") * 125);
        assertThat(Scoring.of(set).intervals(quarter.sheet()))
                .containsEntry("exact_accuracy", Interval.wilson(exact, 125));
    }

    private static double value(Map<String, Double> scores, String name) {
        return requireNonNull(scores.get(name));
    }

    private static PartialSheet partly(PuzzleSet set, List<ScoredPrediction> answered, VoteProtocol protocol) {
        return Scoring.of(set).scorePartly(answered, protocol, output -> {});
    }

    private PuzzleSet open(String demo) {
        var imported = PuzzleSetImport.read(DEMO.resolve(demo).resolve("dataset"), null, folder);
        return PuzzleSet.ofFiles(imported.manifest(), role -> imported.files().get(role));
    }

    private static List<ScoredPrediction> predictions(String demo, PuzzleSet set) throws IOException {
        NpyArray tokens = Npy.open(DEMO.resolve(demo).resolve("expected_preds.npy"));
        NpyArray qHalt = Npy.open(DEMO.resolve(demo).resolve("expected_q_halt_logits.npy"));
        List<ScoredPrediction> predictions = new ArrayList<>();
        for (int example = 0; example < set.exampleCount(); example++) {
            byte[] row = new byte[set.manifest().seqLen()];
            for (int i = 0; i < row.length; i++) {
                row[i] = (byte) tokens.longAt((long) example * row.length + i);
            }
            predictions.add(ScoredPrediction.of(set, example, row, qHalt.floatAt(example)));
        }
        return predictions;
    }
}
