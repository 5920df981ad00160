package dev.trmarena.leaderboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Prediction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A set whose solutions nobody here knows: predictions and a submission, and not one number that pretends to be a score. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HiddenSolutionsGiveNoScores {
    @Inject
    Jdbi jdbi;

    @Inject
    ArtifactStore store;

    @ConfigProperty(name = "arena.kafka")
    String kafka;

    @Test
    void but_predictions_and_a_submission() throws Exception {
        var api = new RunningApi(kafka);
        var hidden = StoredSet.built(jdbi, store, "hidden", 0, 4, 2, false);
        StoredSet.built(jdbi, store, "hidden-part", 0, 2, 2, false);
        assertThat(hidden.set().manifest().solutionsHidden()).isTrue();
        UUID first = hidden.plan(jdbi, "first");
        UUID second = hidden.plan(jdbi, "second");
        // The answers of the second are the made-up solutions themselves: a grid of one 0.
        JsonNode evaluation = api.finish(first, hidden.answers(first, 1));
        api.finish(second, madeUp(hidden.answers(second, 2)));
        assertThat(evaluation.path("scores")).isEmpty();
        assertThat(evaluation.path("intervals")).isEmpty();

        JsonNode submission = RunningApi.get("/api/evaluations/" + first + "/submission.json");
        assertThat(submission.size()).isEqualTo(4);
        requireBoard(RunningApi.get("/api/puzzle-sets/hidden/leaderboard"));
        requireBoard(RunningApi.get("/api/puzzle-sets/hidden/leaderboard?without=hidden-part"));
        assertThat(RunningApi.refused("/api/compare?e=" + first + "," + second, 409)
                        .path("problem")
                        .asText())
                .contains("solutions of hidden are hidden");
        requireTasks("/api/evaluations/" + first + "/tasks");
        requireTasks("/api/evaluations/" + second + "/tasks");
        requireTable(first);
        requireTable(second);
    }

    /** The columns of the table of tasks that tell right from wrong: verdict, solution_rank, solved, wrong_cells, right_cells. */
    private static void requireTable(UUID evaluation) {
        String csv = given().get("/api/evaluations/" + evaluation + "/tasks.csv")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        List<String> lines = csv.lines().skip(1).toList();
        assertThat(lines).isNotEmpty();
        for (String line : lines) {
            List<String> cells = List.of(line.split(",", -1));
            for (int secret : new int[] {2, 6, 7, 8, 9}) {
                assertThat(cells.get(secret)).as(line).isEmpty();
            }
        }
    }

    private static void requireBoard(JsonNode board) {
        assertThat(board.path("solutionsHidden").asBoolean()).isTrue();
        assertThat(board.path("entries").size()).isEqualTo(2);
        for (JsonNode entry : board.path("entries")) {
            for (String number : List.of("rank", "tieGroup", "score", "interval")) {
                assertThat(entry.get(number).isNull()).as(number).isTrue();
            }
            assertThat(entry.path("scores")).isEmpty();
        }
    }

    private static void requireTasks(String tasks) {
        JsonNode page = RunningApi.get(tasks);
        assertThat(page.path("solutionsHidden").asBoolean()).isTrue();
        assertThat(page.path("total").asInt()).isEqualTo(4);
        assertThat(page.path("right").asInt()).isZero();
        assertThat(page.path("wrong").asInt()).isZero();
        assertThat(page.path("verdicts")).isEmpty();
        for (JsonNode task : page.path("tasks")) {
            assertThat(task.path("thumbnail").isObject()).isTrue();
            for (String secret : List.of("verdict", "solutionRank", "wrongCells", "rightCells")) {
                assertThat(task.get(secret).isNull()).as(secret).isTrue();
            }
        }
        assertThat(RunningApi.refused(tasks + "?sort=cells", 409).path("remedy").asText())
                .contains("number, name, votes or halt");
        assertThat(RunningApi.refused(tasks + "?only=right", 409)
                        .path("problem")
                        .asText())
                .contains("nobody here knows which tasks are right");
        for (JsonNode output : RunningApi.get(tasks + "/0").path("outputs")) {
            assertThat(output.get("expected").isNull()).isTrue();
            assertThat(output.get("solutionRank").isNull()).isTrue();
            assertThat(output.path("candidates")).isNotEmpty();
            for (JsonNode candidate : output.path("candidates")) {
                assertThat(candidate.get("correct").isNull()).isTrue();
                assertThat(candidate.get("wrongCells").isNull()).isTrue();
            }
        }
    }

    private static List<Outcome.Solved> madeUp(List<Outcome.Solved> answers) {
        byte[] zero = new byte[900];
        zero[0] = 2;
        zero[1] = 1;
        zero[30] = 1;
        return answers.stream()
                .map(outcome -> new Outcome.Solved(
                        outcome.evaluation(),
                        outcome.unit(),
                        outcome.delivery(),
                        outcome.solver(),
                        outcome.device(),
                        outcome.computeMillis(),
                        outcome.predictions().stream()
                                .map(prediction -> new Prediction(
                                        prediction.example(), zero, prediction.qHalt(), 4, new byte[0], List.of()))
                                .toList()))
                .toList();
    }
}
