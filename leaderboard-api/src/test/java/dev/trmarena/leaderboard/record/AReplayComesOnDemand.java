package dev.trmarena.leaderboard.record;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.dispatch.DispatchReplays;
import dev.trmarena.db.dispatch.ReplayRequests;
import dev.trmarena.leaderboard.RealParts;
import dev.trmarena.leaderboard.StoredSet;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Outcome.NotReplayed.End;
import dev.trmarena.messages.Prediction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A solver's second answer to an example of a finished evaluation gives the step replay that was asked for, and changes nothing else. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AReplayComesOnDemand {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    Jdbi jdbi;

    @Inject
    ArtifactStore store;

    @Inject
    OutcomeRecorder outcomeRecorder;

    @SuppressWarnings("NullAway.Init") // each test begins with finished()
    private StoredSet set;

    @SuppressWarnings("NullAway.Init")
    private UUID evaluation;

    @Test
    void of_the_example_that_was_asked_for() throws IOException {
        finished("replay");
        int example = example(2);
        JsonNode before = scores();
        assertThat(replay(2).path("frames")).isEmpty();
        assertThat(replay(2).path("request").isNull()).isTrue();

        outcomeRecorder.record(again(example));
        assertThat(replay(2).path("frames")).as("nobody has asked").isEmpty();

        ask(example);
        assertThat(replay(2).path("request").path("failure").isNull()).isTrue();
        outcomeRecorder.record(again(example));
        JsonNode there = replay(2);
        assertThat(there.path("example").asInt()).isEqualTo(example);
        assertThat(there.path("frames")).hasSize(4);
        assertThat(there.path("request").isNull()).isTrue();

        outcomeRecorder.record(again(example));
        assertThat(replay(2)).as("a repeated answer").isEqualTo(there);
        assertThat(replay(3).path("frames")).as("another task").isEmpty();
        assertThat(scores()).isEqualTo(before);
    }

    /** Each has one test output. */
    @Test
    void and_what_is_kept_is_listed_by_step() throws IOException {
        finished("frames");
        assertThat(get("/steps").path("kept").asBoolean()).isFalse();
        assertThat(get("/steps/2").path("frames")).isEmpty();
        for (int task : List.of(4, 2)) {
            ask(example(task));
            outcomeRecorder.record(again(example(task)));
        }
        assertThat(get("/steps").path("kept").asBoolean()).isTrue();
        for (int step : List.of(1, 4, 9)) {
            JsonNode frames = get("/steps/" + step).path("frames");
            assertThat(frames).extracting(frame -> frame.path("task").asInt()).containsExactly(2, 4);
            for (JsonNode frame : frames) {
                JsonNode one = replay(frame.path("task").asInt()).path("frames").path(Math.min(step, 4) - 1);
                assertThat(frame.path("grid")).isEqualTo(one.path("grid"));
                assertThat(frame.path("correct")).isEqualTo(one.path("correct"));
                assertThat(frame.path("wrongCells")).isEqualTo(one.path("wrongCells"));
            }
        }
        JsonNode first = get("/steps/3?limit=1");
        assertThat(first.path("frames")).hasSize(1);
        JsonNode second = get("/steps/3?limit=1&after=" + first.path("next").asInt());
        assertThat(second.path("frames").path(0).path("task").asInt()).isEqualTo(4);
        assertThat(second.path("next").isNull()).isTrue();
        given().get("/api/evaluations/" + evaluation + "/steps/0").then().statusCode(400);
    }

    @Test
    void or_says_why_there_is_none() throws IOException {
        finished("no-replay");
        int example = example(1);
        ask(example);
        outcomeRecorder.record(nothing(example, 1, End.IMPOSSIBLE, "weights are gone"));
        assertThat(replay(1).path("request").path("failure").asText()).isEqualTo("weights are gone");

        ask(example);
        for (int handout = 2; handout <= 4; handout++) {
            outcomeRecorder.record(nothing(example, handout, End.WENT_WRONG, "no space left"));
            dispatch();
        }
        assertThat(replay(1).path("request").path("failure").asText()).contains("3 times", "no space left");

        ask(example);
        Prediction silent = withoutReplay(again(example).prediction());
        outcomeRecorder.record(new Outcome.Replayed(evaluation, unit(example), "test", silent));
        assertThat(replay(1).path("request").path("failure").asText()).contains("cannot be followed");
        assertThat(get("").path("state").asText()).isEqualTo("finished");
    }

    private void finished(String name) throws IOException {
        set = StoredSet.built(jdbi, store, name, 0, 12, 8, true);
        evaluation = set.plan(jdbi, name);
        for (Outcome.Solved solved : set.answers(evaluation, 3)) {
            outcomeRecorder.record(new Outcome.Solved(
                    evaluation,
                    solved.unit(),
                    solved.delivery(),
                    solved.solver(),
                    solved.device(),
                    solved.computeMillis(),
                    solved.predictions().stream()
                            .map(AReplayComesOnDemand::withoutReplay)
                            .toList()));
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> get("").path("state").asText(), "finished"::equals);
    }

    private static Prediction withoutReplay(Prediction prediction) {
        return new Prediction(
                prediction.example(),
                prediction.tokens(),
                prediction.qHalt(),
                prediction.steps(),
                prediction.stepHistory(),
                List.of());
    }

    private int example(int task) {
        return set.set().shownAsItIs(task, 0).get(0);
    }

    private int unit(int example) {
        List<List<Integer>> units = set.units(StoredSet.WHOLE);
        for (int unit = 0; unit < units.size(); unit++) {
            if (units.get(unit).contains(example)) {
                return unit;
            }
        }
        throw new AssertionError("no unit has example " + example);
    }

    /** As a user and the dispatcher do. */
    private void ask(int example) {
        jdbi.useTransaction(handle -> {
            ReplayRequests.add(handle, evaluation, example);
        });
        dispatch();
    }

    private void dispatch() {
        var limits = new DispatchReplays.Limits(4, 3, Duration.ofMinutes(10));
        jdbi.useTransaction(handle -> DispatchReplays.some(handle, limits, Instant.now()));
    }

    private Outcome.NotReplayed nothing(int example, int handout, End end, String reason) {
        return new Outcome.NotReplayed(evaluation, unit(example), example, "test", handout, end, reason);
    }

    /** What a solver says to a unit of this example alone. */
    private Outcome.Replayed again(int example) {
        Outcome.Solved whole = set.answers(evaluation, 3).get(unit(example));
        Prediction one = whole.predictions().stream()
                .filter(prediction -> prediction.example() == example)
                .findFirst()
                .orElseThrow();
        return new Outcome.Replayed(evaluation, whole.unit(), "test", one);
    }

    private JsonNode scores() {
        return get("").path("scores");
    }

    private JsonNode replay(int task) {
        return get("/tasks/" + task + "/replay");
    }

    private JsonNode get(String path) {
        try {
            return JSON.readTree(given().get("/api/evaluations/" + evaluation + path)
                    .then()
                    .statusCode(200)
                    .extract()
                    .asString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
