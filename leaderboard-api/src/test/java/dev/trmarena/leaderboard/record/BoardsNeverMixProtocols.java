package dev.trmarena.leaderboard.record;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.leaderboard.RealParts;
import dev.trmarena.leaderboard.StoredSet;
import dev.trmarena.leaderboard.TakeUp;
import dev.trmarena.messages.Outcome;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.puzzles.score.Protocol;
import dev.trmarena.puzzles.score.ScoredPrediction;
import dev.trmarena.puzzles.score.Scoring;
import dev.trmarena.puzzles.set.PuzzleKind;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Scores of different protocols are different quantities: each has a board, a score of its own votes, and its steps. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BoardsNeverMixProtocols {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Protocol PREVIEW = new Protocol(4, Dtype.FLOAT32, 3, false, false);

    @Inject
    Jdbi jdbi;

    @Inject
    ArtifactStore store;

    @Inject
    OutcomeRecorder outcomeRecorder;

    @Test
    void a_preview_has_a_board_of_its_own_and_counts_its_own_votes() throws IOException {
        StoredSet set = StoredSet.built(jdbi, store, "protocols", 0, 12, 8, true);
        UUID whole = run(set, "model", StoredSet.WHOLE, 1);
        UUID preview = run(set, "model", PREVIEW, 2);

        JsonNode board = get("/api/puzzle-sets/protocols/leaderboard");
        assertThat(board.path("protocol").path("key").asText()).isEqualTo("4-steps.float32");
        assertThat(board.path("entries").findValuesAsText("evaluation")).containsExactly(whole.toString());
        assertThat(board.path("protocols").findValuesAsText("key"))
                .as("as authors report first")
                .containsExactly("4-steps.float32", PREVIEW.key());

        JsonNode previews = get("/api/puzzle-sets/protocols/leaderboard?protocol=" + PREVIEW.key());
        assertThat(previews.path("entries").findValuesAsText("evaluation")).containsExactly(preview.toString());
        List<ScoredPrediction> voted = new ArrayList<>();
        for (Outcome.Solved unit : set.answers(preview, 2, PREVIEW)) {
            unit.predictions()
                    .forEach(each -> voted.add(new ScoredPrediction(
                            each.example(), set.set().prediction(each.example(), each.tokens()), each.qHalt())));
        }
        assertThat(voted).hasSizeBetween(1, set.set().exampleCount() - 1);
        var expected = Scoring.of(set.set()).score(voted).metrics();
        JsonNode scores = get("/api/evaluations/" + preview).path("scores");
        expected.forEach((metric, value) ->
                assertThat(scores.path(metric).doubleValue()).as(metric).isEqualTo(value));

        assertThat(get("/api/evaluations/" + whole + "/variants").findValuesAsText("id"))
                .containsExactly(preview.toString());
        given().get("/api/puzzle-sets/protocols/leaderboard?protocol=9-steps.float32")
                .then()
                .statusCode(404);
    }

    @Test
    void the_last_step_scores_what_the_evaluation_scores_and_those_before_what_was_answered_then() throws IOException {
        StoredSet set = StoredSet.built(jdbi, store, "followed", 0, 12, 8, true);
        UUID evaluation = run(set, "model", StoredSet.WHOLE, 3);
        JsonNode view = get("/api/evaluations/" + evaluation);
        assertThat(view.path("meanSteps").doubleValue()).isEqualTo(4);
        JsonNode steps = get("/api/evaluations/" + evaluation + "/steps");
        assertThat(steps.path("metric").asText()).isEqualTo("pass@2");
        assertThat(steps.path("steps")).hasSize(4);
        JsonNode last = steps.path("steps").get(3).path("scores");
        assertThat(last.fieldNames())
                .toIterable()
                .as("all scores that votes make")
                .containsExactlyInAnyOrderElementsOf(PuzzleKind.ARC.rankingMetrics());
        last.properties().forEach(score -> assertThat(score.getValue())
                .as(score.getKey())
                .isEqualTo(view.path("scores").get(score.getKey())));
        assertThat(view.path("scores").path("pass@2").doubleValue()).isPositive();
        for (int step = 0; step < 3; step++) {
            assertThat(steps.path("steps")
                            .get(step)
                            .path("scores")
                            .path("pass@1000")
                            .doubleValue())
                    .as("padding solves nothing, step %s", step + 1)
                    .isZero();
        }

        JsonNode frames = get("/api/evaluations/" + evaluation + "/tasks/0/replay?output=0")
                .path("frames");
        assertThat(frames).hasSize(4);
        assertThat(frames.get(0).path("grid").path("rows").asInt()).isZero();
        assertThat(frames.get(3).path("grid").path("rows").asInt()).isPositive();
        assertThat(frames.get(0).path("correct").asBoolean()).isFalse();
        given().get("/api/evaluations/" + evaluation + "/tasks/99/replay")
                .then()
                .statusCode(404);
    }

    @Test
    void an_example_that_the_protocol_does_not_run_is_not_recorded() throws IOException {
        StoredSet set = StoredSet.built(jdbi, store, "foreign", 0, 12, 8, true);
        UUID evaluation = set.plan(jdbi, "model", PREVIEW);
        outcomeRecorder.record(set.answers(evaluation, 5, StoredSet.WHOLE).get(0));
        JsonNode failed = get("/api/evaluations/" + evaluation);
        assertThat(failed.path("state").asText()).isEqualTo("failed");
        assertThat(failed.path("failure").path("reason").asText()).contains(PREVIEW.key());
    }

    @Test
    void units_that_are_not_those_of_the_plan_are_told_apart() throws IOException {
        StoredSet set = StoredSet.built(jdbi, store, "ranges", 0, 12, 8, true);
        UUID evaluation = set.plan(jdbi, "model");
        Outcome.Solved second = set.answers(evaluation, 5).get(1);
        outcomeRecorder.record(TakeUp.one(
                jdbi, new Outcome.Solved(evaluation, 0, UUID.randomUUID(), "test", "CPU", 1, second.predictions())));
        assertThat(get("/api/evaluations/" + evaluation)
                        .path("failure")
                        .path("reason")
                        .asText())
                .contains("unit 0")
                .contains("the outcome has others");
    }

    private UUID run(StoredSet set, String model, Protocol protocol, long seed) {
        UUID evaluation = set.plan(jdbi, model, protocol);
        set.answers(evaluation, seed, protocol).forEach(outcomeRecorder::record);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> get("/api/evaluations/" + evaluation).path("state").asText(), "finished"::equals);
        return evaluation;
    }

    private static JsonNode get(String path) {
        try {
            return JSON.readTree(
                    given().get(path).then().statusCode(200).extract().asString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
