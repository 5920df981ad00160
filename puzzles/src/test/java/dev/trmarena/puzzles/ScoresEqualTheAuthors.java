package dev.trmarena.puzzles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.golden.Golden;
import dev.trmarena.puzzles.arc.Submission;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.npy.NpyArray;
import dev.trmarena.puzzles.score.RankedCandidate;
import dev.trmarena.puzzles.score.ScoreSheet;
import dev.trmarena.puzzles.score.ScoredPrediction;
import dev.trmarena.puzzles.score.Scoring;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetImport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Predictions of the authors' code, scored here, give the authors' metrics. */
class ScoresEqualTheAuthors {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"demo/sudoku-4x4", "trained/sudoku9x9_easy", "sudoku/metrics_case", "maze/metrics_case"})
    void exact_match(String name) throws IOException {
        Path golden = Golden.folder(name);
        ScoreSheet sheet = scored(golden, open(golden.resolve("dataset")));
        JsonNode expected =
                JSON.readTree(golden.resolve("expected_metrics.json").toFile());
        for (String metric : List.of("exact_accuracy", "accuracy", "q_halt_accuracy")) {
            assertThat(sheet.metrics().get(metric))
                    .as(metric)
                    .isCloseTo(expected.findValue(metric).asDouble(), within(1e-6));
        }
    }

    @Test
    void a_sudoku_csv_is_the_dataset_that_the_authors_script_makes_of_it() throws IOException {
        Path golden = Golden.folder("trained/sudoku9x9_easy");
        PuzzleSet fromCsv = open(golden.resolve("test.csv"));
        PuzzleSet fromDirectory = open(golden.resolve("dataset"));
        assertThat(fromCsv.manifest()).isEqualTo(fromDirectory.manifest());
        for (int example = 0; example < fromCsv.exampleCount(); example++) {
            assertThat(fromCsv.input(example)).isEqualTo(fromDirectory.input(example));
            assertThat(fromCsv.label(example)).isEqualTo(fromDirectory.label(example));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo/arc-style", "trained/arc_easy14"})
    void arc_votes_and_submission(String name) throws IOException {
        Path golden = Golden.folder(name);
        PuzzleSet set = open(golden.resolve("dataset"));
        ScoreSheet sheet = scored(golden, set);
        JsonNode expected =
                JSON.readTree(golden.resolve("expected_metrics.json").toFile()).path("metrics");
        for (int k : new int[] {1, 2, 5, 10, 100, 1000}) {
            assertThat(sheet.metrics().get("pass@" + k))
                    .as("pass@%s", k)
                    .isEqualTo(expected.path("ARC/pass@" + k).asDouble());
        }
        for (String metric : List.of("exact_accuracy", "accuracy", "q_halt_accuracy")) {
            assertThat(sheet.metrics().get(metric))
                    .as("%s, as the trainer logs it", metric)
                    .isCloseTo(expected.path("all").required(metric).asDouble(), within(1e-6));
        }
        var submission = new Submission(false);
        sheet.outputs()
                .forEach(output -> submission.add(
                        set.taskName(output.task()),
                        output.top().stream().map(RankedCandidate::grid).toList()));
        assertThat(JSON.readTree(submission.toJson()))
                .isEqualTo(
                        JSON.readTree(golden.resolve("expected_submission.json").toFile()));
    }

    private PuzzleSet open(Path source) throws IOException {
        Path out = folder.resolve(source.getFileName() + ".arrays");
        var imported = PuzzleSetImport.read(source, null, out);
        return PuzzleSet.ofFiles(imported.manifest(), role -> imported.files().get(role));
    }

    private static ScoreSheet scored(Path golden, PuzzleSet set) throws IOException {
        NpyArray predictions = Npy.open(golden.resolve("expected_preds.npy"));
        String halt = "expected_q_halt_logits.npy";
        NpyArray qHalt = Npy.open(golden.resolve(halt));
        var list = new ArrayList<ScoredPrediction>();
        int length = set.manifest().seqLen();
        for (int example = 0; example < set.exampleCount(); example++) {
            byte[] tokens = new byte[length];
            for (int i = 0; i < length; i++) {
                tokens[i] = (byte) predictions.longAt(example * length + i);
            }
            list.add(ScoredPrediction.of(set, example, tokens, qHalt.floatAt(example)));
        }
        return Scoring.of(set).score(list);
    }
}
