package dev.trmarena.puzzles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.golden.Golden;
import dev.trmarena.puzzles.answers.AnswerCost;
import dev.trmarena.puzzles.answers.AnsweredTasks;
import dev.trmarena.puzzles.answers.AnswersReport;
import dev.trmarena.puzzles.answers.ScoreAnswers;
import dev.trmarena.puzzles.answers.ScoredAnswers;
import dev.trmarena.puzzles.score.PredictionArrays;
import dev.trmarena.puzzles.score.ScoreSheet;
import dev.trmarena.puzzles.score.Scoring;
import dev.trmarena.puzzles.score.Submissions;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetImport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Kaggle, ARC Prize and others publish of a system's answers is read in their forms, and scored as a run is. */
class AnswersOfAnySystemAreScored {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String S0 = "[[1,2],[3,4]]";
    private static final String S1 = "[[5,6]]";
    private static final String B0 = "[[7]]";

    @TempDir
    Path folder;

    private AnsweredTasks tasks;

    /** Two test outputs in A and one in B. */
    @BeforeEach
    void twoTasks() throws IOException {
        String pair = "{\"input\":[[%d]],\"output\":%s}";
        Path file = write(
                "test_puzzles.json",
                "{\"A\":{\"train\":[" + pair.formatted(1, S0) + "],\"test\":[" + pair.formatted(2, S0) + ","
                        + pair.formatted(3, S1) + "]},\"B\":{\"train\":[" + pair.formatted(4, B0) + "],\"test\":["
                        + pair.formatted(5, B0) + "]}}");
        tasks = AnsweredTasks.read(file, folder.resolve("arrays"), warning -> {});
    }

    @Test
    void an_empty_attempt_a_third_one_and_a_task_that_is_missing() throws IOException {
        ScoredAnswers answers = submission("{\"A\":[{\"attempt_1\":" + S0
                + ",\"attempt_2\":null},{\"attempt_1\":[[0]],\"attempt_3\":" + S1 + "}]}");
        requireScores(answers, 0.25, 1 / 3.0, 0);
        assertThat(answers.report()).isEqualTo(new AnswersReport(3, 1, 0, 0, 1, 0, List.of(), null));
        assertThat(answers.sheet().metrics()).doesNotContainKey("pass@5");
        assertThat(answers.intervals())
                .containsOnlyKeys(answers.sheet().metrics().keySet());
    }

    @Test
    void attempts_count_by_their_number_not_by_their_text() throws IOException {
        ScoredAnswers answers =
                submission("{\"B\":[{\"attempt_10\":" + B0 + ",\"attempt_2\":[],\"attempt_1\":[[1]]}]}");
        requireScores(answers, 0, 0, 0);
        assertThat(submission("{\"B\":[{\"attempt_2\":" + B0 + ",\"attempt_1\":[[1]]}]}")
                        .sheet()
                        .metrics())
                .containsEntry("pass@1", 0.0)
                .containsEntry("pass@2", 0.5)
                .containsEntry("strict", 0.5);
    }

    @Test
    void what_has_no_answer_is_told_from_what_is_missing() throws IOException {
        AnswersReport report = submission(
                        "{\"A\":[{\"attempt_1\":null,\"attempt_2\":[]}],\"B\":[{\"attempt_1\":" + B0 + "}],\"C\":[]}")
                .report();
        assertThat(report).isEqualTo(new AnswersReport(3, 1, 1, 0, 0, 1, List.of("C"), null));
    }

    @Test
    void what_is_no_answer_is_refused_by_task_attempt_and_place_or_counted() throws IOException {
        String text = "{\"A\":[{\"attempt_1\":\"[[1,2],[3,4]]\",\"attempt_2\":[[1,2],[3]]},{\"attempt1\":" + S1
                + ",\"attempt_2\":[[5,10]]},{}],\"B\":{\"attempt_1\":" + B0 + "}}";
        assertThatThrownBy(() -> submission(text))
                .isInstanceOf(InputProblem.class)
                .hasMessageContaining("submission.json, task A: it answers 3 test outputs, the task has 2")
                .hasMessageContaining("task A, output 0, attempt_1: it is not a list of rows")
                .hasMessageContaining("task A, output 0, attempt_2, row 1: it has 1 cells, row 0 has 2")
                .hasMessageContaining("task A, output 1: 'attempt1' is no attempt")
                .hasMessageContaining("task A, output 1, attempt_2, row 0, column 1: 10 is no colour")
                .hasMessageContaining("task B: it is no list with an object for each test output");
        ScoredAnswers lenient = scored(tasks, write("submission.json", text), true);
        requireScores(lenient, 0, 0, 0);
        assertThat(lenient.report().unreadable()).isEqualTo(6);
    }

    @Test
    void answers_to_another_set_are_told_as_such() {
        assertThatThrownBy(() -> submission("{\"X\":[{\"attempt_1\":[[0]]}]}"))
                .isInstanceOf(InputProblem.class)
                .hasMessageContaining("none of its 1 tasks is in the puzzle set: X");
        assertThatThrownBy(() -> submission("{}")).hasMessageContaining("it answers nothing");
        assertThatThrownBy(() -> submission("[1]")).hasMessageContaining("it is not a JSON object");
    }

    @Test
    void no_more_is_read_than_answers_need() {
        String many = "{\"A\":[" + "[],".repeat(300_000) + "[]]}";
        assertThatThrownBy(() -> submission(many))
                .isInstanceOf(InputProblem.class)
                .hasMessageContaining("'A' holds more than 500000 values");
        assertThatThrownBy(() -> submission("{\"A\":" + "[".repeat(30) + "]".repeat(30) + "}"))
                .isInstanceOf(InputProblem.class)
                .hasMessageContaining("it is more than is read");
    }

    @Test
    void a_folder_of_results_is_placed_by_pair_index_and_its_costs_are_summed() throws IOException {
        String transcript = "\"choices\":[{\"message\":{\"content\":\"" + "x".repeat(2_000_000) + "\"}}],";
        String metadata = "\"metadata\":{" + transcript
                + "\"start_timestamp\":\"2025-01-01T00:00:00Z\",\"end_timestamp\":\"2025-01-01T00:00:01.500000+00:00\","
                + "\"usage\":{\"total_tokens\":20},\"cost\":{\"total_cost\":0.25},\"task_id\":\"A\",\"pair_index\":%d}";
        String attempt = "{\"answer\":%s," + metadata + ",\"correct\":false}";
        Path results = folder.resolve("results");
        Files.createDirectory(results);
        Files.writeString(
                results.resolve("A.json"),
                "[{\"attempt_1\":" + attempt.formatted(S1, 1) + ",\"attempt_2\":" + attempt.formatted("[]", 1) + "}]");
        Files.writeString(results.resolve("results.json"), "{\"score\": 99}");
        ScoredAnswers answers = scored(tasks, results, false);
        requireScores(answers, 0.25, 1 / 3.0, 0);
        assertThat(answers.sheet().outputs().get(1).solutionRank()).isEqualTo(1);
        assertThat(answers.report().cost()).isEqualTo(new AnswerCost(1, 0.5, 40L, 3.0));
        assertThat(answers.report().missing()).isEqualTo(2);
    }

    @Test
    void a_folder_of_results_is_refused_by_file_and_object() throws IOException {
        Path results = folder.resolve("results");
        Files.createDirectory(results);
        Files.writeString(
                results.resolve("A.json"),
                "[{\"attempt_1\":{\"answer\":\"" + S0
                        + "\"}},{\"attempt_1\":{\"answer\":[[1]],\"metadata\":{\"pair_index\":0}}},"
                        + "{\"attempt_1\":{\"answer\":[[1]],\"metadata\":{\"pair_index\":7}}},"
                        + "{\"attempt_1\":{\"answer\":[[1]],\"metadata\":{\"task_id\":\"B\"}}}]");
        assertThatThrownBy(() -> scored(tasks, results, false))
                .isInstanceOf(InputProblem.class)
                .hasMessageContaining("A.json, object 0, attempt_1: it is not a list of rows")
                .hasMessageContaining("A.json, object 1: this test output is answered twice")
                .hasMessageContaining("A.json, object 2: it answers test output 7, the task has 2")
                .hasMessageContaining("A.json, object 3: it answers another task than the file is named after");
    }

    /** Fed back, the submission of a run has the scores of the run that look at two attempts. */
    @ParameterizedTest
    @ValueSource(strings = {"demo/arc-style", "trained/arc_easy14"})
    void a_submission_of_a_run_has_its_scores(String name) throws IOException {
        Path golden = Golden.folder(name);
        PuzzleSet set = open(golden.resolve("dataset"));
        ScoreSheet run = run(set, golden);
        ScoredAnswers back = scored(
                AnsweredTasks.of(set),
                write(
                        "submission.json",
                        Submissions.of(set, run, false).orElseThrow().toJson()),
                false);
        for (String metric : List.of("pass@1", "pass@2", "arc_prize", "kaggle", "strict")) {
            assertThat(back.sheet().metrics().get(metric))
                    .as(metric)
                    .isEqualTo(run.metrics().get(metric));
            assertThat(back.intervals().get(metric))
                    .as(metric)
                    .isEqualTo(Scoring.of(set).intervals(run).get(metric));
        }
    }

    /** Fed back, the predictions of a run are voted for and ranked as they were. */
    @Test
    void predictions_of_a_run_have_its_votes() throws IOException {
        Path golden = Golden.folder("demo/arc-style");
        PuzzleSet set = open(golden.resolve("dataset"));
        ScoreSheet run = run(set, golden);
        var lines = new StringBuilder();
        for (var prediction : arrays(set, golden)) {
            Integer task = set.taskOf(prediction.example());
            lines.append(JSON.writeValueAsString(Map.of(
                            "example",
                            prediction.example(),
                            "task",
                            set.taskName(Objects.requireNonNull(task)),
                            "q_halt",
                            prediction.qHalt(),
                            "grid",
                            prediction.grid().toRows())))
                    .append('\n');
        }
        Path file = write("predictions.jsonl", lines.toString());
        ScoredAnswers back = scored(AnsweredTasks.of(set), file, false);
        assertThat(back.sheet().outputs()).isEqualTo(run.outputs());
        assertThat(run.metrics()).containsAllEntriesOf(back.sheet().metrics());

        String twice = lines.toString() + lines.substring(0, lines.indexOf("\n"));
        assertThatThrownBy(() -> scored(AnsweredTasks.of(set), write("predictions.jsonl", twice), false))
                .isInstanceOf(InputProblem.class)
                .hasMessageContaining("line " + (set.exampleCount() + 1))
                .hasMessageContaining("each example once, ascending");
    }

    @Test
    void sudokus_are_answered_in_a_csv_or_in_lines() throws IOException {
        String first = "1234341221434321";
        String second = "2143432112343412";
        Path csv = write(
                "two.csv",
                "source,question,answer,rating\na,1234341221434320," + first + ",1\na,2143432112343410," + second
                        + ",1\n");
        AnsweredTasks puzzles = AnsweredTasks.read(csv, folder.resolve("arrays"), warning -> {});
        ScoredAnswers one = scored(puzzles, write("answers.csv", "id,answer\n2," + second + "\n"), false);
        assertThat(one.sheet().metrics()).containsEntry("exact_accuracy", 0.5).containsEntry("accuracy", 0.5);
        assertThat(one.sheet().metrics()).doesNotContainKey("q_halt_accuracy");
        assertThat(one.report().missing()).isEqualTo(1);
        String lines = "{\"id\":\"#1\",\"answer\":\"" + first + "\"}\n{\"id\":2,\"answer\":\"\"}\n";
        ScoredAnswers empty = scored(puzzles, write("answers.jsonl", lines), false);
        assertThat(empty.sheet().metrics()).containsEntry("exact_accuracy", 0.5);
        assertThat(empty.report().unanswered()).isEqualTo(1);
        assertThatThrownBy(() ->
                        scored(puzzles, write("answers.csv", "id,answer\n1,123\n1," + first + "\nx,1\n1,2,3\n"), false))
                .isInstanceOf(InputProblem.class)
                .hasMessageContaining("line 2: the answer has 3 cells; 16 were expected")
                .hasMessageContaining("line 3: puzzle 1 is answered twice")
                .hasMessageContaining("line 4: 'x' is no id")
                .hasMessageContaining("line 5: it has 3 fields, 2 were expected");
    }

    @Test
    void tasks_are_read_from_raw_files_too() throws IOException {
        Path raw = folder.resolve("evaluation");
        Files.createDirectory(raw);
        Files.writeString(
                raw.resolve("B.json"),
                "{\"train\":[{\"input\":[[4]],\"output\":[[7]]}],\"test\":[{\"input\":[[5]],\"output\":[[7]]}]}");
        Path challenges = write(
                "mine_challenges.json",
                "{\"B\":{\"train\":[{\"input\":[[4]],\"output\":[[7]]}],\"test\":[{\"input\":[[5]]}]}}");
        Path right = write("submission.json", "{\"B\":[{\"attempt_1\":" + B0 + "}]}");
        assertThat(scores(raw, right)).containsEntry("kaggle", 1.0);
        assertThat(scores(challenges, right)).isEmpty();
        write("mine_solutions.json", "{\"B\":[" + B0 + "]}");
        assertThat(scores(challenges, right)).containsEntry("kaggle", 1.0);
    }

    private Map<String, Double> scores(Path puzzles, Path answers) throws IOException {
        AnsweredTasks read = AnsweredTasks.read(puzzles, folder.resolve("arrays"), warning -> {});
        return scored(read, answers, false).sheet().metrics();
    }

    private ScoredAnswers submission(String text) throws IOException {
        return scored(tasks, write("submission.json", text), false);
    }

    private ScoredAnswers scored(AnsweredTasks answered, Path source, boolean lenient) throws IOException {
        return ScoreAnswers.score(answered, source, folder.resolve("unpacked"), lenient);
    }

    private static void requireScores(ScoredAnswers answers, double arcPrize, double kaggle, double strict) {
        assertThat(answers.sheet().metrics())
                .containsEntry("arc_prize", arcPrize)
                .containsEntry("kaggle", kaggle)
                .containsEntry("strict", strict);
    }

    private static PredictionArrays arrays(PuzzleSet set, Path golden) throws IOException {
        return new PredictionArrays(
                set, golden.resolve("expected_preds.npy"), golden.resolve("expected_q_halt_logits.npy"));
    }

    private static ScoreSheet run(PuzzleSet set, Path golden) throws IOException {
        return Scoring.of(set).score(arrays(set, golden));
    }

    private PuzzleSet open(Path source) {
        var imported = PuzzleSetImport.read(source, null, folder.resolve("dataset.arrays"));
        return PuzzleSet.ofFiles(imported.manifest(), role -> imported.files().get(role));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }
}
