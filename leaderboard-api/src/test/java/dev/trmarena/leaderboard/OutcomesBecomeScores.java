package dev.trmarena.leaderboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.messages.Json;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The authors' predictions come in through Kafka in any order and more than once; the authors' scores come out. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OutcomesBecomeScores {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SEED = 20261125;

    @Inject
    Jdbi jdbi;

    @Inject
    ArtifactStore store;

    @ConfigProperty(name = "arena.kafka")
    String kafka;

    @Test
    void whatever_order_they_come_in_and_however_often() throws Exception {
        PlannedDemo demo = PlannedDemo.plan(jdbi, store, "shuffled");
        List<Outcome> outcomes = new ArrayList<>();
        for (int unit = 0; unit < demo.unitCount(); unit++) {
            outcomes.add(demo.started(unit, 1, "test"));
            outcomes.add(demo.solved(unit));
            outcomes.add(demo.solved(unit));
        }
        Collections.shuffle(outcomes, new Random(SEED));
        outcomes.add(demo.started(0, 1, "late"));
        for (Outcome outcome : outcomes) {
            send(Topics.OUTCOMES, Json.write(outcome));
        }
        JsonNode evaluation = awaitState(demo.evaluation(), "finished");
        JsonNode expected = JSON.readTree(
                        demo.demo().resolve("expected_metrics.json").toFile())
                .path("metrics");
        for (int k : new int[] {1, 2, 5, 10, 100, 1000}) {
            assertThat(evaluation.path("scores").path("pass@" + k).asDouble())
                    .as("pass@%d, seed %d", k, SEED)
                    .isEqualTo(expected.path("ARC/pass@" + k).asDouble());
        }
        for (String metric : List.of("exact_accuracy", "accuracy", "q_halt_accuracy")) {
            assertThat(evaluation.path("scores").required(metric).asDouble())
                    .as("%s, as the trainer logs it", metric)
                    .isCloseTo(expected.path("all").required(metric).asDouble(), within(1e-6));
        }
        assertThat(evaluation.required("meanSteps").asDouble())
                .isEqualTo(expected.path("all").required("steps").asDouble());
        assertThat(evaluation.required("answered").isNull()).as("it is whole").isTrue();
        assertThat(evaluation.path("examplesDone").asInt()).isEqualTo(PlannedDemo.EXAMPLES);
        assertThat(evaluation.path("computeMillis").asLong())
                .as("a repeated unit counts once")
                .isEqualTo(5L * demo.unitCount());
        assertThat(get("/api/evaluations/" + demo.evaluation() + "/submission.json"))
                .isEqualTo(JSON.readTree(
                        demo.demo().resolve("expected_submission.json").toFile()));
    }

    @Test
    void and_every_candidate_counts_its_wrong_cells_against_the_solution() throws Exception {
        PlannedDemo demo = solved("cells");
        for (int task = 0; task < 12; task++) {
            JsonNode outputs = get("/api/evaluations/" + demo.evaluation() + "/tasks/" + task)
                    .path("outputs");
            assertThat(outputs).isNotEmpty();
            for (JsonNode output : outputs) {
                JsonNode solution = output.path("expected");
                assertThat(output.path("candidates")).isNotEmpty();
                for (JsonNode candidate : output.path("candidates")) {
                    assertThat(candidate.get("wrongCells"))
                            .as("task %d, candidate %s", task, candidate.path("rank"))
                            .isEqualTo(JSON.valueToTree(wrong(candidate.path("grid"), solution)));
                }
            }
        }
    }

    private static @Nullable Integer wrong(JsonNode grid, JsonNode solution) {
        byte[] found = Base64.getDecoder().decode(grid.path("cells").asText());
        byte[] wanted = Base64.getDecoder().decode(solution.path("cells").asText());
        if (grid.path("rows").asInt() != solution.path("rows").asInt() || found.length != wanted.length) {
            return null;
        }
        int wrong = 0;
        for (int i = 0; i < found.length; i++) {
            wrong += found[i] == wanted[i] ? 0 : 1;
        }
        return wrong;
    }

    @Test
    void two_evaluations_compare_task_by_task_and_share_a_tie_group_only_when_the_difference_may_be_luck()
            throws Exception {
        PlannedDemo good = solved("good");
        PlannedDemo asGood = solved("as good");
        PlannedDemo bad = PlannedDemo.plan(jdbi, store, "bad");
        for (int unit = 0; unit < bad.unitCount(); unit++) {
            send(Topics.OUTCOMES, Json.write(bad.padding(unit)));
        }
        awaitState(bad.evaluation(), "finished");

        JsonNode comparison =
                get("/api/compare?e=" + good.evaluation() + "," + bad.evaluation() + "," + asGood.evaluation());
        assertThat(comparison.path("pairs")).hasSize(3);
        JsonNode differ = comparison.path("pairs").get(0);
        assertThat(differ.path("onlyFirst").asInt())
                .as("7 of 12 tasks are solved")
                .isEqualTo(7);
        assertThat(differ.path("onlySecond").asInt()).isZero();
        assertThat(differ.path("both").asInt()).isZero();
        assertThat(differ.path("neither").asInt()).isEqualTo(5);
        assertThat(differ.path("pValue").asDouble()).isCloseTo(2 * Math.pow(0.5, 7), within(1e-12));
        assertThat(differ.path("significant").asBoolean()).isTrue();
        assertThat(comparison.path("pairs").get(1).path("pValue").asDouble()).isEqualTo(1);
        assertThat(comparison.path("patterns").toString())
                .isEqualTo("[{\"solved\":[true,false,true],\"tasks\":7},{\"solved\":[false,false,false],\"tasks\":5}]");
        assertThat(comparison.path("tasks").path("tasks")).hasSize(12);
        requirePages(
                comparison,
                "/api/compare/tasks?e=" + good.evaluation() + "," + bad.evaluation() + "," + asGood.evaluation());

        JsonNode board = get("/api/puzzle-sets/demo/leaderboard");
        JsonNode first = entry(board, good);
        assertThat(entry(board, asGood).path("tieGroup")).isEqualTo(first.path("tieGroup"));
        assertThat(entry(board, bad).path("tieGroup").asInt())
                .isGreaterThan(first.path("tieGroup").asInt());
        assertThat(first.path("interval").path("low").asDouble())
                .isLessThan(first.path("score").asDouble());
        assertThat(first.path("interval").path("high").asDouble())
                .isGreaterThan(first.path("score").asDouble());
    }

    private static void requirePages(JsonNode comparison, String tasks) {
        JsonNode all = comparison.path("tasks").path("tasks");
        JsonNode page = get(tasks + "&limit=4&after=" + all.get(4).path("index").asInt());
        assertThat(page.path("tasks").get(0)).isEqualTo(all.get(5));
        assertThat(page.path("tasks").get(3)).as("of the next pattern").isEqualTo(all.get(8));
        assertThat(page.path("next")).isEqualTo(all.get(8).path("index"));
        JsonNode nobody = get(tasks + "&solved=000&limit=5");
        assertThat(nobody.path("tasks").get(0)).isEqualTo(all.get(7));
        assertThat(nobody.path("next").isNull()).isTrue();
        assertThat(get(tasks + "&solved=110").path("tasks")).isEmpty();
        assertThat(RunningApi.refused(tasks + "&solved=11", 400).path("problem").asText())
                .isEqualTo("'11' is no pattern of 3 evaluations");
        assertThat(RunningApi.refused("/api/compare?e=" + "a,".repeat(6) + "a", 400)
                        .toString())
                .contains("two to six evaluations are compared");
    }

    private static JsonNode entry(JsonNode board, PlannedDemo demo) {
        for (JsonNode entry : board.path("entries")) {
            if (entry.path("evaluation").asText().equals(demo.evaluation().toString())) {
                return entry;
            }
        }
        throw new AssertionError("no entry of " + demo.evaluation() + " in " + board);
    }

    @Test
    void whoever_watches_an_evaluation_is_told_until_it_is_over() throws Exception {
        PlannedDemo demo = PlannedDemo.plan(jdbi, store, "watched");
        var request = HttpRequest.newBuilder(URI.create(
                        "http://localhost:" + RestAssured.port + "/api/evaluations/" + demo.evaluation() + "/events"))
                .timeout(Duration.ofSeconds(60))
                .build();
        var events = HttpClient.newHttpClient().sendAsync(request, BodyHandlers.ofString());
        for (int unit = 0; unit < demo.unitCount(); unit++) {
            send(Topics.OUTCOMES, Json.write(demo.solved(unit)));
        }
        List<String> states = events.get(60, TimeUnit.SECONDS)
                .body()
                .lines()
                .filter(line -> line.startsWith("data:"))
                .map(line -> read(line.substring(5)).path("state").asText())
                .distinct()
                .toList();
        assertThat(states).as("the stream ends by itself").endsWith("finished");
    }

    @Test
    void a_unit_that_came_to_nothing_three_times_ends_the_evaluation_with_its_reason() throws Exception {
        PlannedDemo demo = PlannedDemo.plan(jdbi, store, "given up");
        send(Topics.OUTCOMES, Json.write(demo.solved(0)));
        for (int handout = 1; handout <= 3; handout++) {
            String solver = List.of("first", "second", "third").get(handout - 1);
            demo.giveOut(jdbi, 1, handout);
            Outcome.Started started = demo.started(1, handout, solver);
            send(Topics.OUTCOMES, Json.write(started));
            send(
                    Topics.OUTCOMES,
                    Json.write(
                            solver.equals("third")
                                    ? new Outcome.Redelivered(demo.evaluation(), 1, handout, "another")
                                    : demo.trouble(started, "no space left, says " + solver)));
            awaitWaiting(demo.evaluation(), 1);
        }
        assertThat(get("/api/evaluations/" + demo.evaluation() + "/history").path("troubles"))
                .hasSize(3);
        demo.dispatch(jdbi);
        JsonNode evaluation = awaitState(demo.evaluation(), "failed");
        JsonNode failure = evaluation.path("failure");
        assertThat(failure.path("reason").asText())
                .contains("unit 1")
                .contains("examples 20 to 39")
                .contains("first, second, third")
                .contains("says second");
        assertThat(failure.path("kind").asText()).isEqualTo("store");
        assertThat(failure.path("log").get(0).asText()).isEqualTo("what second logged");
        await("what there is is scored").atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonNode partly = get("/api/evaluations/" + demo.evaluation());
            assertThat(partly.path("partial").asBoolean()).isTrue();
            assertThat(partly.path("scores").has("pass@2")).isTrue();
        });
        JsonNode partly = get("/api/evaluations/" + demo.evaluation());
        assertThat(partly.path("answered").path("tasks").asInt())
                .as("two tasks of nine examples are whole in twenty")
                .isEqualTo(2);
        assertThat(partly.path("answered").path("of").asInt()).isEqualTo(12);
        JsonNode atLeast = partly.path("answered").path("atLeast");
        assertThat(atLeast.required("pass@2").asDouble()).isZero();
        assertThat(atLeast.required("accuracy").asDouble())
                .isCloseTo(partly.path("scores").required("accuracy").asDouble() * 20 / 126, within(1e-12));
        PlannedDemo whole = solved("beside it");
        assertThat(get("/api/puzzle-sets/demo/leaderboard").path("entries").findValuesAsText("evaluation"))
                .as("never ranked, beside one that is")
                .contains(whole.evaluation().toString())
                .doesNotContain(demo.evaluation().toString());
        JsonNode over = get("/api/evaluations/" + demo.evaluation());
        send(Topics.OUTCOMES, Json.write(demo.solved(1)));
        solved("after it");
        assertThat(get("/api/evaluations/" + demo.evaluation()))
                .as("a late outcome changes nothing")
                .isEqualTo(over);
    }

    @Test
    void a_unit_that_came_back_waits_to_be_given_out_again() throws Exception {
        PlannedDemo demo = PlannedDemo.plan(jdbi, store, "came back");
        demo.giveOut(jdbi, 0, 1);
        Outcome.Started started = demo.started(0, 1, "polite");
        send(Topics.OUTCOMES, Json.write(started));
        send(Topics.OUTCOMES, Json.write(demo.handedBack(started)));
        awaitWaiting(demo.evaluation(), 0);
        demo.giveOut(jdbi, 0, 2);
        send(Topics.DEAD_WORK, Json.write(demo.work(0, 2)));
        awaitWaiting(demo.evaluation(), 0);
        assertThat(get("/api/evaluations/" + demo.evaluation()).path("state").asText())
                .isEqualTo("running");
    }

    private void awaitWaiting(UUID evaluation, int unit) {
        await("unit " + unit + " waits again")
                .atMost(Duration.ofSeconds(30))
                .until(() -> jdbi.withHandle(handle -> handle.createQuery(
                                "select given_out_at is null from work_unit where evaluation_id = :id and idx = :unit")
                        .bind("id", evaluation)
                        .bind("unit", unit)
                        .mapTo(Boolean.class)
                        .one()));
    }

    @Test
    void what_nobody_can_read_stops_nobody() throws Exception {
        send(Topics.OUTCOMES, "{\"type\":\"solved\", who knows".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        send(Topics.OUTCOMES, new byte[0]);
        solved("after garbage");
    }

    private PlannedDemo solved(String name) throws Exception {
        PlannedDemo demo = PlannedDemo.plan(jdbi, store, name);
        for (int unit = 0; unit < demo.unitCount(); unit++) {
            send(Topics.OUTCOMES, Json.write(demo.solved(unit)));
        }
        awaitState(demo.evaluation(), "finished");
        return demo;
    }

    private JsonNode awaitState(UUID evaluation, String state) {
        String path = "/api/evaluations/" + evaluation;
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(get(path).path("state").asText()).isEqualTo(state));
        return get(path);
    }

    private static JsonNode get(String path) {
        return read(given().get(path).then().statusCode(200).extract().asString());
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + json, e);
        }
    }

    private void send(String topic, byte[] message) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", kafka),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, message)).get(60, TimeUnit.SECONDS);
        }
    }
}
