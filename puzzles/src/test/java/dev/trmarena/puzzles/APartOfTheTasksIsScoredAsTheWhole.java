package dev.trmarena.puzzles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.puzzles.score.OutputResult;
import dev.trmarena.puzzles.score.ScoreSheet;
import dev.trmarena.puzzles.score.ScoredPrediction;
import dev.trmarena.puzzles.score.Scoring;
import dev.trmarena.puzzles.score.SubsetScoring;
import dev.trmarena.puzzles.set.PuzzleKind;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetImport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Leaving tasks out of a finished sheet gives what scoring the others alone would have given. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class APartOfTheTasksIsScoredAsTheWhole {
    private static final Path DEMO =
            Path.of(System.getProperty("arena.root", "..")).resolve("demo");

    @TempDir
    Path folder;

    @Test
    void exact_match() {
        PuzzleSet set = open("sudoku-4x4");
        List<ScoredPrediction> predictions = predictions(set);
        var without =
                new SubsetScoring(set, tasks(IntStream.range(0, set.taskCount()).filter(task -> task % 3 == 0)));
        SubsetScoring.OfOne part = scored(without, Scoring.of(set).score(predictions));
        ScoreSheet alone = Scoring.of(set)
                .score(predictions.stream()
                        .filter(prediction -> prediction.example() % 3 != 0)
                        .toList());
        assertThat(part.metrics())
                .as("the others need what is not kept")
                .containsOnlyKeys("exact_accuracy")
                .containsEntry("exact_accuracy", alone.metrics().get("exact_accuracy"));
        assertThat(part.intervals())
                .containsOnlyKeys("exact_accuracy")
                .containsEntry(
                        "exact_accuracy", Scoring.of(set).intervals(alone).get("exact_accuracy"));
    }

    @Test
    void arc() {
        PuzzleSet set = open("arc-style");
        ScoreSheet whole = Scoring.of(set).score(predictions(set));
        var nothing = new SubsetScoring(set, tasks(IntStream.empty()));
        assertThat(scored(nothing, whole).metrics()).isEqualTo(whole.metrics());
        assertThat(scored(nothing, whole).intervals()).isEqualTo(Scoring.of(set).intervals(whole));

        Set<Integer> leftOut = Set.of(0, 4, 11);
        SubsetScoring.OfOne part = scored(new SubsetScoring(set, tasks(IntStream.of(0, 4, 11))), whole);
        List<OutputResult> kept = whole.outputs().stream()
                .filter(output -> !leftOut.contains(output.task()))
                .toList();
        double shares = 0;
        int solved = 0;
        Set<Integer> failed = new HashSet<>();
        for (OutputResult output : kept) {
            shares += output.solvedWithin(2) ? 1.0 / set.outputCount(output.task()) : 0;
            solved += output.solvedWithin(2) ? 1 : 0;
            if (!output.solvedWithin(2)) {
                failed.add(output.task());
            }
        }
        assertThat(part.metrics())
                .containsEntry("pass@2", shares / 9)
                .containsEntry("arc_prize", shares / 9)
                .containsEntry("kaggle", solved / (double) kept.size())
                .containsEntry("strict", (9 - failed.size()) / 9.0);
        assertThat(part.metrics()).isNotEqualTo(whole.metrics());
        assertThat(part.solved().count()).isEqualTo(9 - failed.size());
    }

    @Test
    void of_nothing_there_is_no_score() {
        for (String demo : List.of("arc-style", "sudoku-4x4")) {
            SubsetScoring.OfOne part = new SubsetScoring(open(demo), tasks(IntStream.of(0))).begin();
            part.add(0, 1);
            assertThat(part.metrics()).isEmpty();
            assertThat(part.intervals()).isEmpty();
            assertThat(part.solved().count()).isZero();
        }
    }

    @Test
    void something_has_to_remain() {
        PuzzleSet set = open("arc-style");
        BitSet all = tasks(IntStream.range(0, 12));
        assertThatThrownBy(() -> new SubsetScoring(set, all)).hasMessageContaining("12 tasks left out of 12");
    }

    private static BitSet tasks(IntStream tasks) {
        return tasks.collect(BitSet::new, BitSet::set, BitSet::or);
    }

    /** As it comes back from the database: who was right. */
    private static SubsetScoring.OfOne scored(SubsetScoring scoring, ScoreSheet whole) {
        SubsetScoring.OfOne part = scoring.begin();
        whole.outputs().forEach(output -> part.add(output.task(), output.solutionRank()));
        return part;
    }

    private PuzzleSet open(String demo) {
        var imported = PuzzleSetImport.read(DEMO.resolve(demo).resolve("dataset"), null, folder);
        return PuzzleSet.ofFiles(imported.manifest(), role -> imported.files().get(role));
    }

    /** Solutions, but for some with a wrong cell: of ARC those of tasks 1, 4, 6, 9 and 11. */
    private static List<ScoredPrediction> predictions(PuzzleSet set) {
        var random = new Random(5);
        List<ScoredPrediction> predictions = new ArrayList<>();
        for (int example = 0; example < set.exampleCount(); example++) {
            int[] labels = set.label(example);
            byte[] tokens = new byte[labels.length];
            for (int i = 0; i < tokens.length; i++) {
                tokens[i] = (byte) labels[i];
            }
            Integer task = set.taskOf(example);
            boolean wrong =
                    set.manifest().kind() == PuzzleKind.ARC ? task != null && task % 5 % 3 == 1 : random.nextBoolean();
            if (wrong) {
                tokens[0] = (byte) (2 + (tokens[0] - 1) % 3);
            }
            predictions.add(new ScoredPrediction(example, set.prediction(example, tokens), random.nextFloat() - 0.5f));
        }
        return predictions;
    }
}
