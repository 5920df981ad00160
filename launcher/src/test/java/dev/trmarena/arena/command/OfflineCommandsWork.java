package dev.trmarena.arena.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.golden.Golden;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.npy.NpyArray;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Building and scoring from the command line, without a platform. */
class OfflineCommandsWork {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path DEMO =
            Path.of(System.getProperty("arena.root", "..")).resolve("demo/arc-style");

    private static final double ROUNDING = 1e-12;
    /** The authors' code sums its metrics in float32. */
    private static final double FLOAT32 = 1e-6;

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
    void a_checkpoint_is_inspected() throws IOException {
        Path checkpoint = Files.write(folder.resolve("step_484"), Golden.read("demo/sudoku-4x4/step_484"));
        String yaml = new String(Golden.read("demo/sudoku-4x4/all_config.yaml"), StandardCharsets.UTF_8);
        Files.writeString(
                folder.resolve("all_config.yaml"), yaml.replace("  H_cycles", "  noise_scale: 1\n  H_cycles"));
        assertThat(text(new InspectCommand(), checkpoint.toString(), "--set", "L_cycles=7"))
                .contains("trm, ", "note: noise_scale: not known here, may change the result")
                .containsPattern("lCycles +7 +given")
                .containsPattern("hCycles +1 +all_config.yaml");
        JsonNode manifest = json(new InspectCommand(), checkpoint.toString(), "--json");
        assertThat(manifest.path("notes").path(0).asText()).startsWith("noise_scale");
    }

    /** Nothing can be turned or coloured otherwise in these. */
    @Test
    void a_build_says_in_a_few_lines_what_it_made() throws IOException {
        String task = "{\"train\": [{\"input\": [[0]], \"output\": [[0]]}], \"test\": [{\"input\": [[0]]}]}";
        Files.writeString(folder.resolve("few_challenges.json"), "{\"aa\": " + task + ", \"bb\": " + task + "}");
        Files.writeString(folder.resolve("few_solutions.json"), "{\"aa\": [[[0]]], \"bb\": [[[0]]]}");
        String[] build = {
            "--from",
            folder.toString(),
            "--subsets",
            "few",
            "--test-set",
            "few",
            "--augmentations",
            "8",
            "--compact",
            "--out"
        };
        String text =
                text(new BuildCommand(), with(build, folder.resolve("text").toString()));
        assertThat(text.lines()).contains("2 tasks got fewer augmentations than wanted; --json names them");
        assertThat(text).hasLineCount(8).doesNotContain("{", "bb");
        JsonNode json =
                json(new BuildCommand(), with(build, folder.resolve("json").toString(), "--json"));
        assertThat(json.required("fewerAugmentations").has("bb")).isTrue();
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
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
        requireOtherDefinitions(scores, expected.required("correct_attempts_per_test_input"));
        requireInterval(scores, "pass@2");
    }

    /** From which of the two attempts at each test input was right, as the authors' code tells. */
    private static void requireOtherDefinitions(JsonNode scores, JsonNode attemptsByTask) {
        double shares = 0;
        int right = 0;
        int outputs = 0;
        int whole = 0;
        for (JsonNode attempts : attemptsByTask) {
            int solved = 0;
            for (JsonNode attempt : attempts) {
                solved += attempt.required("attempt_1").booleanValue()
                                || attempt.required("attempt_2").booleanValue()
                        ? 1
                        : 0;
            }
            shares += solved / (double) attempts.size();
            right += solved;
            outputs += attempts.size();
            whole += solved == attempts.size() ? 1 : 0;
        }
        assertThat(scores.required("arc_prize").doubleValue())
                .isCloseTo(shares / attemptsByTask.size(), within(ROUNDING));
        assertThat(scores.required("kaggle").doubleValue()).isCloseTo(right / (double) outputs, within(ROUNDING));
        assertThat(scores.required("strict").doubleValue())
                .isCloseTo(whole / (double) attemptsByTask.size(), within(ROUNDING));
    }

    private static void requireInterval(JsonNode scores, String metric) {
        JsonNode interval = scores.required("intervals").required(metric);
        assertThat(interval).hasSize(2);
        assertThat(scores.required(metric).doubleValue())
                .isBetween(interval.path(0).doubleValue(), interval.path(1).doubleValue());
    }

    @Test
    void the_authors_predictions_give_their_scores_and_submission() throws IOException {
        Path golden = Golden.folder("arc_eval/dev");
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

    /** Example by example, before anything votes. */
    @ParameterizedTest
    @ValueSource(strings = {"demo/arc-style", "trained/arc_easy14"})
    void and_what_their_trainer_logs_of_arc(String name) throws IOException {
        Path golden = Golden.folder(name);
        NpyArray last = Npy.open(golden.resolve("expected_q_halt_logits.npy"));
        int examples = (int) last.count();
        JsonNode expected = JSON.readTree(
                        golden.resolve("expected_metrics.json").toFile())
                .required("metrics")
                .required("all");
        int steps = expected.required("steps").intValue();
        float[] bySteps = new float[steps * examples];
        for (int example = 0; example < examples; example++) {
            bySteps[(steps - 1) * examples + example] = last.floatAt(example);
        }
        Path qHalt = folder.resolve("q_halt.npy");
        Npy.writeFloat32(qHalt, bySteps, steps, examples);
        JsonNode scores = json(
                new ScoreCommand(),
                "--puzzles",
                golden.resolve("dataset").toString(),
                "--preds",
                golden.resolve("expected_preds.npy").toString(),
                "--q-halt",
                qHalt.toString(),
                "--json");
        for (String metric : List.of("exact_accuracy", "accuracy", "q_halt_accuracy", "steps")) {
            assertThat(scores.required(metric).doubleValue())
                    .as(metric)
                    .isCloseTo(expected.required(metric).doubleValue(), within(FLOAT32));
        }
    }

    @Test
    void sudokus_are_built() throws IOException {
        Path golden = Golden.folder("sudoku");
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
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo/sudoku-4x4", "sudoku/metrics_case", "maze/metrics_case"})
    void the_authors_predictions_give_their_accuracy(String name) throws IOException {
        Path metricsCase = Golden.folder(name);
        JsonNode scores = json(
                new ScoreCommand(),
                "--puzzles",
                metricsCase.resolve("dataset").toString(),
                "--preds",
                metricsCase.resolve("expected_preds.npy").toString(),
                "--q-halt",
                metricsCase.resolve("expected_q_halt_logits.npy").toString(),
                "--json");
        JsonNode expected =
                JSON.readTree(metricsCase.resolve("expected_metrics.json").toFile());
        for (String metric : List.of("exact_accuracy", "accuracy", "q_halt_accuracy")) {
            assertThat(scores.required(metric).doubleValue())
                    .as(metric)
                    .isCloseTo(expected.findValue(metric).doubleValue(), within(FLOAT32));
        }
        requireInterval(scores, "exact_accuracy");
    }

    /** What was handed in for a run has its scores, and the same is handed in again. */
    @Test
    void the_answers_of_any_system_are_scored() throws IOException {
        Path submission = DEMO.resolve("expected_submission.json");
        Path again = folder.resolve("again.json");
        String[] arguments = {
            "--puzzles", DEMO.resolve("demo_challenges.json").toString(), "--answers", submission.toString()
        };
        JsonNode scores =
                json(new ScoreCommand(), with(arguments, "--submission", again.toString(), "--lenient", "--json"));
        JsonNode expected = JSON.readTree(DEMO.resolve("expected_metrics.json").toFile());
        for (String pass : List.of("pass@1", "pass@2")) {
            assertThat(scores.required(pass).doubleValue())
                    .as(pass)
                    .isEqualTo(expected.findValue("ARC/" + pass).doubleValue());
        }
        requireOtherDefinitions(scores, expected.required("correct_attempts_per_test_input"));
        assertThat(scores.required("answers").required("missing").intValue()).isZero();
        assertThat(JSON.readTree(again.toFile())).isEqualTo(JSON.readTree(submission.toFile()));
        assertThat(text(new ScoreCommand(), arguments))
                .contains("arc_prize")
                .as("all were answered, so there is nothing to know")
                .doesNotContain("missing");
    }

    @Test
    void answers_and_predictions_are_told_apart() {
        var command = new CommandLine(new ScoreCommand());
        command.setErr(new PrintWriter(Writer.nullWriter()));
        String[] both = {"--puzzles", DEMO.toString(), "--answers", "a.json", "--preds", "p.npy", "--q-halt", "q.npy"};
        assertThat(command.execute(both)).isNotZero();
        assertThat(command.execute("--puzzles", DEMO.toString(), "--preds", "p.npy"))
                .isNotZero();
        assertThat(command.execute("--puzzles", DEMO.toString())).isNotZero();
    }

    private static JsonNode json(Object command, String... arguments) throws IOException {
        return JSON.readTree(text(command, arguments));
    }

    private static String text(Object command, String... arguments) {
        var bytes = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            assertThat(new CommandLine(command).execute(arguments)).isZero();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
