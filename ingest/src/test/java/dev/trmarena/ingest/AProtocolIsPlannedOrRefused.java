package dev.trmarena.ingest;

import static dev.trmarena.ingest.Client.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.trmarena.messages.Json;
import dev.trmarena.messages.Received;
import dev.trmarena.messages.TestBroker;
import dev.trmarena.messages.Topics;
import dev.trmarena.messages.WorkUnit;
import dev.trmarena.puzzles.npy.Npy;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** How a checkpoint is run is part of what an evaluation is; what has no meaning for it is refused by name. */
@QuarkusTest
@WithTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AProtocolIsPlannedOrRefused {
    private static final Path DEMO =
            Path.of(System.getProperty("arena.root", "..")).resolve("demo");

    @Inject
    Client client;

    @SuppressWarnings("NullAway.Init") // RealParts puts it here
    TestBroker broker;

    @Test
    void another_protocol_is_another_evaluation_of_the_same_checkpoint() throws IOException {
        client.importFolder("protocols", DEMO.resolve("sudoku-4x4/dataset"));
        String authors = sudoku(Map.of(), Map.of()).statusCode(201).extract().path("id");
        String two = sudoku(Map.of(), Map.of("steps", 2))
                .statusCode(201)
                .body("protocol.key", equalTo("2-steps.float32"))
                .body("id", not(equalTo(authors)))
                .extract()
                .path("id");
        var before = client.kept();
        sudoku(Map.of(), Map.of("steps", 2)).statusCode(200).body("id", equalTo(two));
        // The same steps, said as a setting of the checkpoint, are the same computation.
        sudoku(Map.of("halt_max_steps", "2"), Map.of()).statusCode(200).body("id", equalTo(two));
        again(authors, Map.of("steps", 2)).statusCode(200).body("id", equalTo(two));
        again(two, Map.of()).statusCode(200).body("id", equalTo(authors));
        assertThat(client.kept()).isEqualTo(before);
        again(authors, Map.of("earlyHalting", true, "dtype", "bfloat16"))
                .statusCode(201)
                .body("protocol.key", equalTo("4-steps.bfloat16.early"))
                .body("protocol.whole", equalTo(false));
    }

    @Test
    void a_preview_runs_the_first_augmentations_only() throws IOException {
        client.importFolder("previews", DEMO.resolve("arc-style/dataset"));
        String whole = arc(Map.of()).statusCode(201).extract().path("id");
        var answer = again(whole, Map.of("augmentations", 0)).statusCode(201).extract();
        int examples = answer.path("exampleCount");
        int all = arc(Map.of()).statusCode(200).extract().path("exampleCount");
        assertThat(examples).isBetween(1, all - 1);
        List<WorkUnit> units = sent(answer.path("id"), answer.path("unitCount"));
        assertThat(units.stream().mapToInt(WorkUnit::exampleCount).sum()).isEqualTo(examples);
        int next = 0;
        for (WorkUnit unit : units) {
            assertThat(unit.firstExample()).isGreaterThanOrEqualTo(next);
            assertThat(unit.protocol()).isEqualTo("4-steps.float32.no-votes");
            next = unit.endExample();
        }
        assertThat(next).isLessThanOrEqualTo(all);
        again(whole, Map.of("blankIdentifier", true))
                .statusCode(201)
                .body("protocol.key", equalTo("4-steps.float32.blank-identifier"))
                .body("exampleCount", equalTo(all));
        assertRefused(again(whole, Map.of("augmentations", 100_000)), 422, "previews", "100000", "leave out");
    }

    @Test
    void demonstrations_are_asked_before_an_arc_set_and_why_not_is_said() throws IOException {
        client.importFolder("canaries", DEMO.resolve("arc-style/dataset"));
        client.importFolder("no-canaries", DEMO.resolve("sudoku-4x4/dataset"));
        String whole = evaluate("canaries", "arc-style/step_17153", Map.of(), Map.of())
                .statusCode(201)
                .body("canary.examples", equalTo(64))
                .body("canary.exact", equalTo(null))
                .body("canary.stopsIfSuspect", equalTo(false))
                .extract()
                .path("id");
        again(whole, Map.of("augmentations", 0))
                .body("exampleCount", equalTo(14))
                .body("canary.examples", equalTo(14));
        again(whole, Map.of("blankIdentifier", true))
                .body("canary.none", equalTo("the network is not told which task it sees"));
        client.post("/api/evaluations", Map.of("evaluation", whole, "again", true, "stopIfSuspect", true))
                .statusCode(201)
                .body("canary.stopsIfSuspect", equalTo(true));
        String sudoku = evaluate("no-canaries", "sudoku-4x4/step_484", Map.of(), Map.of())
                .body("canary", equalTo(null))
                .extract()
                .path("id");
        client.post("/api/evaluations", Map.of("evaluation", sudoku, "again", true, "stopIfSuspect", true))
                .statusCode(201)
                .body("canary.none", equalTo("a sudoku set has no demonstrations"));
    }

    @Test
    void what_has_no_meaning_is_refused() throws IOException {
        client.importFolder("refusals", DEMO.resolve("sudoku-4x4/dataset"));
        String id = evaluate("refusals", "sudoku-4x4/step_484", Map.of(), Map.of("steps", 1))
                .extract()
                .path("id");
        var before = client.kept();
        assertRefused(again(id, Map.of("augmentations", 8)), 422, "no augmentations");
        assertRefused(again(id, Map.of("blankIdentifier", true)), 422, "blank identifier already");
        assertRefused(again(id, Map.of("dtype", "float64")), 422, "'float64'", "bfloat16");
        assertRefused(again(id, Map.of("steps", 0)), 422, "steps is 0");
        assertRefused(again(id, Map.of("steps", 100_000)), 422, "100000", "1024");
        String unknown = UUID.randomUUID().toString();
        assertRefused(again(unknown, Map.of()), 404, unknown);
        assertRefused(
                client.post("/api/evaluations", Map.of("evaluation", id, "puzzleSet", "refusals")),
                400,
                "'evaluation'");
        assertThat(client.kept()).isEqualTo(before);
    }

    /** Votes after each step are counted with all step histories of a task in memory. */
    @Test
    void more_answers_than_scoring_the_steps_may_hold() throws IOException {
        int examples = 8_000;
        Map<String, byte[]> files = new TreeMap<>();
        for (String file : List.of("identifiers.json", "test_puzzles.json", "test/dataset.json")) {
            files.put(file, Files.readAllBytes(DEMO.resolve("arc-style/dataset").resolve(file)));
        }
        for (String cells : List.of("test/all__inputs.npy", "test/all__labels.npy")) {
            files.put(cells, array(Npy.header("u1", examples, 900), examples * 900, at -> 0, 1));
        }
        files.put("test/all__puzzle_identifiers.npy", array(Npy.header("i4", examples), examples, at -> 1, 4));
        files.put("test/all__puzzle_indices.npy", array(Npy.header("i4", examples + 1), examples + 1, at -> at, 4));
        client.importSet("one-task", files).statusCode(201);
        var before = client.kept();
        assertRefused(
                evaluate("one-task", "arc-style/step_17153", Map.of(), Map.of("steps", 1024)),
                422,
                "1024 steps",
                "8000 answers",
                "at most 8000000");
        assertThat(client.kept()).isEqualTo(before);
    }

    private static byte[] array(byte[] header, int count, IntUnaryOperator value, int bytes) {
        ByteBuffer out = ByteBuffer.allocate(header.length + count * bytes).order(ByteOrder.LITTLE_ENDIAN);
        out.put(header);
        for (int at = 0; at < count; at++) {
            if (bytes == 1) {
                out.put((byte) value.applyAsInt(at));
            } else {
                out.putInt(value.applyAsInt(at));
            }
        }
        return out.array();
    }

    private ValidatableResponse sudoku(Map<String, String> settings, Map<String, ?> protocol) {
        return evaluate("protocols", "sudoku-4x4/step_484", settings, protocol);
    }

    private ValidatableResponse arc(Map<String, ?> protocol) {
        return evaluate("previews", "arc-style/step_17153", Map.of(), protocol);
    }

    private ValidatableResponse evaluate(
            String set, String file, Map<String, String> settings, Map<String, ?> protocol) {
        Path checkpoint = DEMO.resolve(file);
        Map<String, Object> request = new HashMap<>();
        request.put("checkpoint", client.uploaded(checkpoint));
        request.put("config", client.uploaded(checkpoint.resolveSibling("all_config.yaml")));
        request.put("hyperParameters", settings);
        request.put("puzzleSet", set);
        request.put("protocol", protocol);
        return client.post("/api/evaluations", request);
    }

    private ValidatableResponse again(String evaluation, Map<String, ?> protocol) {
        return client.post("/api/evaluations", Map.of("evaluation", evaluation, "protocol", protocol));
    }

    private List<WorkUnit> sent(String evaluation, int count) {
        try (var received = new Received(broker.bootstrapServers(), Topics.WORK)) {
            return received.payloads(evaluation, count).stream()
                    .map(bytes -> Json.read(bytes, WorkUnit.class))
                    .sorted(Comparator.comparingInt(WorkUnit::index))
                    .toList();
        }
    }
}
