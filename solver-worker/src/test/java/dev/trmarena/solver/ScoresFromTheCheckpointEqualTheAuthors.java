package dev.trmarena.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import dev.trmarena.solver.solve.LocalSolve;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the checkpoint file to the metrics, by the code of {@code ./arena solve} and the scoring of the platform. */
class ScoresFromTheCheckpointEqualTheAuthors {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double TOLERANCE = 1e-3;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "demo/sudoku-4x4, step_484",
        "trained/sudoku9x9_easy, step_1656",
        "sudoku/metrics_case, step_0",
        "maze/metrics_case, step_0"
    })
    void exact_match(String name, String checkpoint) throws IOException {
        Path golden = Golden.folder(name);
        assumeTrue(Files.exists(golden.resolve(checkpoint)), "of this case the scores alone come with the project");
        solve(golden, checkpoint);
        comparePredictions(golden);
        ScoreSheet sheet = score(puzzleSet(golden));
        JsonNode expected =
                JSON.readTree(golden.resolve("expected_metrics.json").toFile());
        for (String metric : List.of("exact_accuracy", "accuracy", "q_halt_accuracy")) {
            assertThat(sheet.metrics().get(metric))
                    .as(metric)
                    .isCloseTo(expected.findValue(metric).asDouble(), within(1e-6));
        }
    }

    @ParameterizedTest
    @CsvSource({"demo/arc-style, step_17153", "trained/arc_easy14, step_7358"})
    void arc(String name, String checkpoint) throws IOException {
        Path golden = Golden.folder(name);
        solve(golden, checkpoint);
        comparePredictions(golden);
        PuzzleSet set = puzzleSet(golden);
        ScoreSheet sheet = score(set);
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

    private void solve(Path golden, String checkpoint) throws IOException {
        Path identifiers = folder.resolve("identifiers.npy");
        PuzzleSet set = puzzleSet(golden);
        int count = set.exampleCount();
        // The dataset has them for each puzzle, of which one may have several test inputs.
        Npy.writeInt32(
                identifiers,
                IntStream.range(0, count).map(set::puzzleIdentifier).toArray(),
                count);
        LocalSolve.run(
                new LocalSolve.Request(
                        golden.resolve(checkpoint),
                        null,
                        null,
                        Map.of(),
                        golden.resolve("dataset/test/all__inputs.npy"),
                        identifiers,
                        folder,
                        Set.of("last"),
                        32,
                        null),
                (examples, of) -> {});
    }

    private void comparePredictions(Path golden) throws IOException {
        Path expected = golden.resolve("expected_preds.npy");
        Path actual = folder.resolve("preds.npy");
        assertThat(Npy.open(actual).shape()).isEqualTo(Npy.open(expected).shape());
        assertThat(Deviation.shareOfEqual(
                        Deviation.integers(actual),
                        Deviation.integers(expected),
                        Deviation.floats(folder.resolve("logits_steplast.npy")),
                        TheNetworksGiveTheAuthorsNumbers.TIE))
                .as("cells that are the authors', but for four of the ARC demo whose logits are ties")
                .isEqualTo(1);
        assertThat(Deviation.of(lastHalt(), golden.resolve("expected_q_halt_logits.npy"))
                        .max())
                .isLessThanOrEqualTo(TOLERANCE);
        Path logits = golden.resolve("expected_logits_first4rows.npy");
        if (Files.exists(logits)) {
            float[] all = Deviation.floats(folder.resolve("logits_steplast.npy"));
            int count = (int) Npy.open(logits).count();
            assertThat(Deviation.of(Arrays.copyOf(all, count), logits).max()).isLessThanOrEqualTo(TOLERANCE);
        }
    }

    private float[] lastHalt() throws IOException {
        int[] shape = Npy.open(folder.resolve("q_halt.npy")).shape();
        float[] all = Deviation.floats(folder.resolve("q_halt.npy"));
        return Arrays.copyOfRange(all, (shape[0] - 1) * shape[1], all.length);
    }

    private PuzzleSet puzzleSet(Path golden) throws IOException {
        var imported = PuzzleSetImport.read(golden.resolve("dataset"), null, folder.resolve("set"));
        return PuzzleSet.ofFiles(imported.manifest(), role -> imported.files().get(role));
    }

    private ScoreSheet score(PuzzleSet set) throws IOException {
        NpyArray predictions = Npy.open(folder.resolve("preds.npy"));
        float[] qHalt = lastHalt();
        int length = set.manifest().seqLen();
        var list = new ArrayList<ScoredPrediction>();
        for (int example = 0; example < set.exampleCount(); example++) {
            byte[] tokens = new byte[length];
            for (int i = 0; i < length; i++) {
                tokens[i] = (byte) predictions.longAt(example * length + i);
            }
            list.add(ScoredPrediction.of(set, example, tokens, qHalt[example]));
        }
        return Scoring.of(set).score(list);
    }
}
