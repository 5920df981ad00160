package dev.trmarena.arena.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Building and scoring from the command line, without a platform. */
class OfflineCommandsWork {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path DEMO =
            Path.of(System.getProperty("arena.root", "..")).resolve("demo/arc-style");

    @TempDir
    Path folder;

    @Test
    void the_demo_is_built_and_its_predictions_are_scored() throws IOException {
        Path out = folder.resolve("built");
        JsonNode built = json(
                new BuildCommand(),
                "--from",
                DEMO.toString(),
                "--subsets",
                "demo",
                "--test-set",
                "demo",
                "--augmentations",
                "8",
                "--out",
                out.toString(),
                "--json");
        assertThat(built.path("identifiers").intValue()).isEqualTo(109);
        assertThat(out.resolve("test/all__inputs.npy"))
                .hasSameBinaryContentAs(DEMO.resolve("dataset/test/all__inputs.npy"));
        requireScores(out);
        assertThat(JSON.readTree(folder.resolve("submission.json").toFile()))
                .isEqualTo(
                        JSON.readTree(DEMO.resolve("expected_submission.json").toFile()));
    }

    @Test
    void the_compact_form_scores_the_same() throws IOException {
        Path out = folder.resolve("compact");
        json(
                new BuildCommand(),
                "--from",
                DEMO.toString(),
                "--subsets",
                "demo",
                "--test-set",
                "demo",
                "--augmentations",
                "8",
                "--compact",
                "--out",
                out.toString(),
                "--json");
        assertThat(out.resolve("test")).doesNotExist();
        requireScores(out);
    }

    private void requireScores(Path set) throws IOException {
        JsonNode scores = json(
                new ScoreCommand(),
                "--puzzles",
                set.toString(),
                "--preds",
                DEMO.resolve("expected_preds.npy").toString(),
                "--q-halt",
                DEMO.resolve("expected_q_halt_logits.npy").toString(),
                "--submission",
                folder.resolve("submission.json").toString(),
                "--json");
        JsonNode expected = JSON.readTree(DEMO.resolve("expected_metrics.json").toFile());
        for (int k : new int[] {1, 2, 5, 10, 100, 1000}) {
            assertThat(scores.required("pass@" + k).doubleValue())
                    .as("pass@%s", k)
                    .isEqualTo(expected.findValue("ARC/pass@" + k).doubleValue());
        }
        assertThat(scores.required("intervals").required("pass@2")).hasSize(2);
    }

    @Test
    void the_authors_predictions_give_their_scores_and_submission() throws IOException {
        Path golden = Path.of(System.getProperty("arena.shared", "../shared")).resolve("golden/arc_eval/dev");
        assumeTrue(Files.isDirectory(golden), () -> "verification data is missing: " + golden);
        JsonNode scores = json(
                new ScoreCommand(),
                "--puzzles",
                golden.toString(),
                "--identifiers",
                golden.resolve("puzzle_identifiers.npy").toString(),
                "--inputs",
                golden.resolve("inputs.npy").toString(),
                "--preds",
                golden.resolve("preds.npy").toString(),
                "--q-halt",
                golden.resolve("q_halt_logits.npy").toString(),
                "--as-authors",
                "--submission",
                folder.resolve("submission.json").toString(),
                "--json");
        JSON.readTree(golden.resolve("expected_metrics.json").toFile())
                .properties()
                .forEach(metric -> assertThat(scores.required(metric.getKey().replace("ARC/", ""))
                                .doubleValue())
                        .as(metric.getKey())
                        .isEqualTo(metric.getValue().doubleValue()));
        assertThat(JSON.readTree(folder.resolve("submission.json").toFile()))
                .isEqualTo(
                        JSON.readTree(golden.resolve("expected_submission.json").toFile()));
    }

    @Test
    void sudokus_are_built_and_scored() throws IOException {
        Path golden = Path.of(System.getProperty("arena.shared", "../shared")).resolve("golden/sudoku");
        assumeTrue(Files.isDirectory(golden), () -> "verification data is missing: " + golden);
        Path out = folder.resolve("sudoku");
        JsonNode built = json(
                new BuildCommand(),
                "--kind",
                "sudoku",
                "--from",
                golden.toString(),
                "--subsample-size",
                "40",
                "--num-aug",
                "3",
                "--out",
                out.toString(),
                "--json");
        assertThat(built.path("trainExamples").intValue()).isEqualTo(160);
        Path metricsCase = golden.resolve("metrics_case");
        JsonNode scores = json(
                new ScoreCommand(),
                "--puzzles",
                metricsCase.resolve("dataset").toString(),
                "--preds",
                metricsCase.resolve("expected_preds.npy").toString(),
                "--q-halt",
                metricsCase.resolve("expected_q_halt_logits.npy").toString(),
                "--json");
        assertThat(scores.required("exact_accuracy").doubleValue()).isBetween(0.0, 1.0);
        assertThat(scores.required("intervals").required("exact_accuracy")).hasSize(2);
    }

    private static JsonNode json(Object command, String... arguments) throws IOException {
        var bytes = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            assertThat(new CommandLine(command).execute(arguments)).isZero();
        } finally {
            System.setOut(before);
        }
        return JSON.readTree(bytes.toByteArray());
    }
}
