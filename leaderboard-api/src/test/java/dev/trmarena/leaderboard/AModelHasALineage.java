package dev.trmarena.leaderboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.dispatch.MakeUnits;
import dev.trmarena.db.plan.NewCheckpoint;
import dev.trmarena.db.plan.NewEvaluation;
import dev.trmarena.db.plan.PlanEvaluation;
import dev.trmarena.db.plan.Priority;
import dev.trmarena.db.plan.PuzzleSets;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Prediction;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.puzzles.score.Protocol;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Under the name of a model are its checkpoints, who else has their weights, its best scores and all its evaluations. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AModelHasALineage {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Protocol TWO_STEPS = new Protocol(2, Dtype.FLOAT32, null, false, false);
    private static final Protocol EARLY = new Protocol(4, Dtype.FLOAT32, null, true, false);

    @Inject
    Jdbi jdbi;

    @Inject
    ArtifactStore store;

    @ConfigProperty(name = "arena.kafka")
    String kafka;

    /** @param file of which there is one for each way in which the same weights were packed */
    private static NewCheckpoint checkpoint(String weights, String file, int cycles) {
        return new NewCheckpoint(
                digest("manifest", weights, file, cycles),
                digest("artifact", weights),
                digest("source", file),
                digest("weights", weights),
                file,
                "trm",
                1000,
                20,
                "{\"hyperParameters\": {\"highCycles\": " + cycles + ", \"lowCycles\": 6}}");
    }

    private static String digest(Object... parts) {
        return String.format(
                Locale.ROOT, "%064x", Integer.toUnsignedLong(List.of(parts).hashCode()));
    }

    private UUID plan(StoredSet set, String model, NewCheckpoint checkpoint, Protocol protocol) {
        List<NewEvaluation.Unit> units = new ArrayList<>();
        for (List<Integer> examples : set.units(protocol)) {
            int first = examples.get(0);
            units.add(new NewEvaluation.Unit(units.size(), first, first + examples.size(), examples.size()));
        }
        return plan(set, model, checkpoint, protocol, units);
    }

    private UUID plan(
            StoredSet set, String model, NewCheckpoint checkpoint, Protocol protocol, List<NewEvaluation.Unit> units) {
        UUID evaluation = UUID.randomUUID();
        jdbi.useTransaction(handle -> {
            UUID setId = PuzzleSets.find(handle, set.name()).orElseThrow().id();
            PlanEvaluation.plan(
                    handle,
                    checkpoint,
                    new NewEvaluation(
                            evaluation,
                            setId,
                            model,
                            protocol,
                            Priority.NORMAL,
                            true,
                            set.set().exampleCount(),
                            units));
            MakeUnits.untilSoManyWait(handle, evaluation, units.size());
        });
        return evaluation;
    }

    @Test
    void the_same_weights_are_recognised_whatever_file_and_name_they_came_in() throws IOException {
        var set = StoredSet.sudoku(jdbi, store, "lineage", 0, 6);
        String twin = "twin/of the ;line? <b>100%</b> é";
        NewCheckpoint first = checkpoint("one", "step_100", 3);
        NewCheckpoint second = checkpoint("two", "step_200", 3);
        NewCheckpoint otherSetting = checkpoint("one", "step_100", 2);
        NewCheckpoint otherFile = checkpoint("two", "model.safetensors", 3);
        plan(set, "line", first, StoredSet.WHOLE);
        plan(set, "line", second, StoredSet.WHOLE);
        plan(set, twin, otherFile, StoredSet.WHOLE);
        plan(set, "line", otherSetting, StoredSet.WHOLE);
        plan(set, "line", first, TWO_STEPS);
        plan(set, "stranger", checkpoint("three", "step_100", 3), StoredSet.WHOLE);

        JsonNode model = RunningApi.get("/api/models/line");
        assertThat(model.path("name").asText()).isEqualTo("line");
        assertThat(model.path("evaluations").asInt()).isEqualTo(4);
        assertThat(model.path("checkpointCount").asInt()).isEqualTo(3);
        JsonNode checkpoints = model.path("checkpoints");
        assertThat(checkpoints.findValuesAsText("manifest"))
                .as("newest first by when they came, not by what was run last")
                .containsExactly(otherSetting.manifestDigest(), second.manifestDigest(), first.manifestDigest());
        assertThat(checkpoints.findValuesAsText("checkpoint"))
                .containsExactly(first.tensorDigest(), second.tensorDigest(), first.tensorDigest());
        assertThat(checkpoints.findValuesAsText("evaluations")).containsExactly("1", "1", "2");
        assertThat(checkpoints.findValuesAsText("highCycles")).containsExactly("2", "3", "3");
        assertThat(checkpoints.path(1).path("otherModels")).isEqualTo(JSON.valueToTree(List.of(twin)));
        assertThat(checkpoints.path(0).path("otherModels")).isEmpty();
        assertThat(checkpoints.path(2).path("firstSeen")).isEqualTo(model.path("firstSeen"));
        // As times: as text, a second or a millisecond without a fraction comes after those with one.
        assertThat(Instant.parse(checkpoints.path(0).path("firstSeen").asText()))
                .isBefore(Instant.parse(model.path("lastSeen").asText()));

        JsonNode other = json(get("/api/models/" + encoded(twin)));
        assertThat(other.path("name").asText()).isEqualTo(twin);
        assertThat(other.path("checkpoints").findValuesAsText("fileName")).containsExactly("model.safetensors");
        assertThat(other.path("checkpoints").path(0).path("otherModels")).isEqualTo(JSON.valueToTree(List.of("line")));
        assertThat(json(get("/api/models/" + encoded(twin) + "/evaluations")).path("evaluations"))
                .hasSize(1);
    }

    @Test
    void the_best_of_each_set_is_one_of_each_protocol_by_the_metric_that_ranks() throws Exception {
        var set = StoredSet.sudoku(jdbi, store, "lineage-best", 6, 36);
        var api = new RunningApi(kafka);
        NewCheckpoint checkpoint = checkpoint("best-1", "step_1", 3);
        List<JsonNode> wholes = new ArrayList<>();
        for (int seed : new int[] {1, 2, 3}) {
            UUID evaluation = plan(set, "climber", checkpoint("best-" + seed, "step_" + seed, 3), StoredSet.WHOLE);
            wholes.add(api.finish(evaluation, set.answers(evaluation, seed)));
        }
        for (int number = 1; number <= 3; number++) {
            UUID repeat = plan(set, "climber", checkpoint("best-" + number, "step_" + number, 3), StoredSet.WHOLE);
            api.finish(repeat, set.answers(repeat, 10 + number));
        }
        UUID early = plan(set, "climber", checkpoint, EARLY);
        api.finish(early, set.answers(early, 4, EARLY));
        plan(set, "climber", checkpoint, TWO_STEPS);

        for (String metric : List.of("exact_accuracy", "accuracy")) {
            RunningApi.put("/api/puzzle-sets/lineage-best/ranking", "{\"metric\":\"" + metric + "\"}", 200);
            JsonNode best = RunningApi.get("/api/models/climber").path("best");
            assertThat(best.findValuesAsText("key"))
                    .as("as authors report first; what never finished is not there")
                    .containsExactly(StoredSet.WHOLE.key(), EARLY.key());
            assertThat(best.findValuesAsText("metric")).containsOnly(metric);
            JsonNode expected = wholes.stream()
                    .reduce((a, b) -> score(b, metric) > score(a, metric) ? b : a)
                    .orElseThrow();
            assertThat(best.path(0).path("evaluation")).as(metric).isEqualTo(expected.path("id"));
            assertThat(best.path(0).path("score").asDouble()).isEqualTo(score(expected, metric));
            assertThat(best.path(0).path("interval").isNull())
                    .isEqualTo(expected.path("intervals").path(metric).isMissingNode());
            assertThat(best.path(0).path("evaluations").asInt()).isEqualTo(6);
            assertThat(best.path(0).path("verification").asText()).isEqualTo("differs");
            assertThat(best.path(1).path("evaluation").asText()).isEqualTo(early.toString());
        }
        JsonNode line = RunningApi.get("/api/models/climber/evaluations")
                .path("evaluations")
                .path(7);
        assertThat(line.path("id")).isEqualTo(wholes.get(0).path("id"));
        assertThat(line.path("score").asDouble()).isEqualTo(score(wholes.get(0), "accuracy"));
        assertThat(line.path("state").asText()).isEqualTo("finished");
    }

    @Test
    void a_lucky_repeat_makes_no_better_score() throws Exception {
        var set = StoredSet.sudoku(jdbi, store, "lineage-luck", 6, 36);
        var api = new RunningApi(kafka);
        NewCheckpoint checkpoint = checkpoint("luck", "step_1", 3);
        UUID first = plan(set, "repeater", checkpoint, StoredSet.WHOLE);
        double score = score(api.finish(first, set.answers(first, 1)), "exact_accuracy");
        double luckiest = 0;
        for (int seed = 2; luckiest <= score && seed < 40; seed++) {
            UUID repeat = plan(set, "repeater", checkpoint, StoredSet.WHOLE);
            luckiest = Math.max(luckiest, score(api.finish(repeat, set.answers(repeat, seed)), "exact_accuracy"));
        }
        assertThat(luckiest).as("a repeat was luckier").isGreaterThan(score);
        JsonNode best = RunningApi.get("/api/models/repeater").path("best");
        assertThat(best).hasSize(1);
        assertThat(best.path(0).path("evaluation").asText()).isEqualTo(first.toString());
        JsonNode entries =
                RunningApi.get("/api/puzzle-sets/lineage-luck/leaderboard").path("entries");
        assertThat(entries).hasSize(1);
        assertThat(entries.path(0).path("evaluation").asText()).isEqualTo(first.toString());
        assertThat(entries.path(0).path("repeats").asInt()).isPositive();
    }

    /** The first on a CPU in small units, the second on another device in one, where other kernels round otherwise. */
    @Test
    void a_repeat_that_differs_says_in_what_it_was_run_otherwise() throws Exception {
        var set = StoredSet.sudoku(jdbi, store, "lineage-why", 48, 60);
        UUID first = run(set, 4, "CPU, 2 threads", "packed", 1);
        UUID second = run(set, 12, "GPU", "generic", 99);
        JsonNode agreement = RunningApi.get("/api/evaluations/" + second + "/repeats")
                .path("agreements")
                .path(0);
        assertThat(agreement.path("evaluation").asText()).isEqualTo(second.toString());
        assertThat(agreement.path("against").asText()).isEqualTo(first.toString());
        assertThat(agreement.path("differing").asInt()).isPositive();
        assertThat(agreement.path("devices")).isEqualTo(JSON.valueToTree(List.of("GPU")));
        assertThat(agreement.path("againstDevices")).isEqualTo(JSON.valueToTree(List.of("CPU, 2 threads")));
        assertThat(agreement.path("kernels")).isEqualTo(JSON.valueToTree(List.of("generic")));
        assertThat(agreement.path("againstKernels")).isEqualTo(JSON.valueToTree(List.of("packed")));
        assertThat(agreement.path("unitExamples").asInt()).isEqualTo(12);
        assertThat(agreement.path("againstUnitExamples").asInt()).isEqualTo(4);
    }

    /** @param size examples of a unit */
    private UUID run(StoredSet set, int size, String device, String kernels, long seed) throws Exception {
        List<Prediction> predictions = set.predictions(0, seed, StoredSet.WHOLE);
        List<NewEvaluation.Unit> units = new ArrayList<>();
        for (int from = 0; from < predictions.size(); from += size) {
            units.add(new NewEvaluation.Unit(units.size(), from, from + size, size));
        }
        UUID evaluation = plan(set, "unlike", checkpoint("why", "step_1", 3), StoredSet.WHOLE, units);
        List<Outcome.Solved> outcomes = units.stream()
                .map(unit -> new Outcome.Solved(
                        evaluation,
                        unit.index(),
                        UUID.randomUUID(),
                        "test",
                        device,
                        kernels,
                        5,
                        predictions.subList(unit.firstExample(), unit.endExample())))
                .toList();
        TakeUp.all(jdbi, outcomes);
        new RunningApi(kafka).finish(evaluation, outcomes);
        return evaluation;
    }

    private static double score(JsonNode evaluation, String metric) {
        return evaluation.path("scores").path(metric).asDouble();
    }

    @Test
    void its_evaluations_are_read_page_by_page() throws IOException {
        var set = StoredSet.sudoku(jdbi, store, "lineage-pages", 36, 42);
        NewCheckpoint checkpoint = checkpoint("pages", "step_1", 3);
        List<String> planned = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            planned.add(plan(set, "walker", checkpoint, StoredSet.WHOLE).toString());
        }
        UUID foreign = plan(set, "passer-by", checkpoint, StoredSet.WHOLE);
        // Some came in the same moment: the order among them must hold from page to page, too.
        jdbi.useHandle(handle -> handle.execute(
                "update evaluation set created_at = '2026-01-01' where model = 'walker' and id <> ?",
                UUID.fromString(planned.get(6))));

        List<String> seen = new ArrayList<>();
        JsonNode page = RunningApi.get("/api/models/walker/evaluations?limit=3");
        while (!page.path("next").isNull()) {
            assertThat(page.path("evaluations")).hasSize(3);
            seen.addAll(ids(page));
            page = RunningApi.get("/api/models/walker/evaluations?limit=3&after="
                    + page.path("next").asText());
        }
        seen.addAll(ids(page));
        assertThat(seen).containsExactlyInAnyOrderElementsOf(planned).startsWith(planned.get(6));
        assertThat(ids(RunningApi.get("/api/models/walker/evaluations"))).isEqualTo(seen);
        JsonNode line = page.path("evaluations").path(0);
        assertThat(line.path("score").isNull()).isTrue();
        assertThat(line.path("metric").asText()).isEqualTo("exact_accuracy");

        RunningApi.refused("/api/models/walker/evaluations?limit=0", 400);
        RunningApi.refused("/api/models/walker/evaluations?limit=201", 400);
        for (String after :
                List.of("nonsense", foreign.toString(), UUID.randomUUID().toString())) {
            assertThat(RunningApi.refused("/api/models/walker/evaluations?after=" + after, 400)
                            .path("problem")
                            .asText())
                    .contains(after, "walker");
        }
    }

    @Test
    void who_has_the_answer_already_gets_it_again_when_it_is_another_one() throws IOException {
        var set = StoredSet.sudoku(jdbi, store, "lineage-tags", 42, 48);
        plan(set, "tagged", checkpoint("tags", "step_1", 3), StoredSet.WHOLE);
        for (String path : List.of("/api/models/tagged", "/api/models/tagged/evaluations")) {
            Response answer = get(path);
            assertThat(answer.contentType()).startsWith("application/json");
            String tag = answer.header("ETag");
            assertThat(ask(path, tag).statusCode()).as(path).isEqualTo(304);
            plan(set, "tagged", checkpoint("tags", "step_1", 3), StoredSet.WHOLE);
            assertThat(ask(path, tag).statusCode()).as(path).isEqualTo(200);
        }
    }

    @Test
    void a_name_that_nobody_gave_is_not_found() {
        for (String path : List.of("/api/models/no+body", "/api/models/no+body/evaluations")) {
            assertThat(RunningApi.refused(path, 404).path("problem").asText()).contains("'no+body'");
        }
    }

    private static List<String> ids(JsonNode page) {
        return StreamSupport.stream(page.path("evaluations").spliterator(), false)
                .map(line -> line.path("id").asText())
                .toList();
    }

    /** As a browser writes a name into an address. */
    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Response ask(String path, String tag) {
        return given().header("If-None-Match", tag).get(path);
    }

    private static Response get(String path) {
        Response answer = given().urlEncodingEnabled(false).get(path);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        return answer;
    }

    private static JsonNode json(Response answer) throws IOException {
        return JSON.readTree(answer.asString());
    }
}
