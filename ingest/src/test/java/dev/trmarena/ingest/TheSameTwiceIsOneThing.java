package dev.trmarena.ingest;

import static dev.trmarena.ingest.Client.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import dev.trmarena.golden.Golden;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A lost answer, a double click, a name that is taken by the same weights: one thing stays one, and nothing is dropped in silence. */
@QuarkusTest
@WithTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TheSameTwiceIsOneThing {
    private static final String SUDOKU = "demo/sudoku-4x4";

    /** Each test has work of its own: the number of steps differs from every other test's. */
    private static final AtomicInteger STEPS = new AtomicInteger(60);

    private final int steps = STEPS.incrementAndGet();

    @Inject
    Client client;

    @BeforeEach
    void a_puzzle_set() throws IOException {
        client.importFolder("sudoku", Golden.folder(SUDOKU).resolve("dataset"));
    }

    @Test
    void a_request_whose_answer_was_lost_is_answered_again() throws IOException {
        Map<String, Object> request = request();
        String made = id(start(request).statusCode(201));
        var kept = client.kept();
        start(request).statusCode(200).body("id", equalTo(made));
        assertThat(client.kept()).isEqualTo(kept);
        // What asks for something else of the same uploads is another request.
        Map<String, Object> other = new HashMap<>(request);
        other.put("priority", "high");
        assertRefused(start(other), 404, "upload");
    }

    @Test
    void a_double_click_makes_one() throws IOException {
        Map<String, Object> request = request();
        request.put("again", true);
        List<ValidatableResponse> answers =
                Stream.generate(() -> CompletableFuture.supplyAsync(() -> start(request))).limit(3).toList().stream()
                        .map(CompletableFuture::join)
                        .toList();
        assertThat(answers.stream().map(TheSameTwiceIsOneThing::id).distinct()).hasSize(1);
        assertThat(answers.stream().map(answer -> answer.extract().statusCode()))
                .containsExactlyInAnyOrder(201, 200, 200);
    }

    @Test
    void a_repeat_that_is_asked_for_twice_is_one_where_the_request_says_so() throws IOException {
        String first = id(start(request()).statusCode(201));
        Map<String, Object> again = new HashMap<>(Map.of(
                "evaluation",
                first,
                "again",
                true,
                "protocol",
                Map.of("steps", steps),
                "requestId",
                UUID.randomUUID()));
        String repeat = id(start(again).statusCode(201).body("repeat", equalTo(2)));
        start(again).statusCode(200).body("id", equalTo(repeat));
        again.put("requestId", UUID.randomUUID());
        start(again).statusCode(201).body("repeat", equalTo(3));
    }

    @Test
    void a_puzzle_set_is_imported_once() throws IOException {
        var request = Map.of(
                "name",
                "imported-twice",
                "files",
                List.of(Map.of(
                        "path",
                        "test.csv",
                        "upload",
                        client.uploaded("test.csv", Golden.read("demo/sudoku-9x9/test.csv")))));
        client.post("/api/puzzle-sets", request).statusCode(201);
        client.post("/api/puzzle-sets", request).statusCode(200).body("name", equalTo("imported-twice"));
    }

    @Test
    void a_retry_does_not_make_a_second_of_what_was_submitted_again() throws IOException {
        String first = id(start(request()).statusCode(201));
        client.post("/api/evaluations/" + first + "/cancel", Map.of()).statusCode(200);
        String second = id(start(request()).statusCode(201).body("id", not(equalTo(first))));
        assertRefused(client.post("/api/evaluations/" + first + "/retry", Map.of()), 409, second, "cancelled");
        client.post("/api/evaluations/" + second + "/cancel", Map.of()).statusCode(200);
        client.post("/api/evaluations/" + first + "/retry", Map.of()).statusCode(200);
    }

    @Test
    void a_retry_of_the_first_is_no_second_beside_its_own_repeats() throws IOException {
        String first = id(start(request()).statusCode(201));
        Map<String, Object> again = Map.of("evaluation", first, "again", true, "protocol", Map.of("steps", steps));
        start(again).statusCode(201);
        client.post("/api/evaluations/" + first + "/cancel", Map.of()).statusCode(200);
        client.post("/api/evaluations/" + first + "/retry", Map.of()).statusCode(200);
    }

    @Test
    void another_name_for_the_same_weights_is_not_dropped_in_silence() throws IOException {
        Map<String, Object> request = request();
        request.put("model", "first name");
        String first = id(start(request).statusCode(201));
        Map<String, Object> renamed = request();
        renamed.put("model", "second name");
        assertRefused(start(renamed), 409, "first name", first, "--again");
        renamed.put("again", true);
        start(renamed).statusCode(201).body("model", equalTo("second name")).body("original", equalTo(first));
    }

    @Test
    void an_inspection_tells_that_the_very_file_was_run_before_and_how() throws IOException {
        String first = id(start(request()).statusCode(201));
        Map<String, Object> inspection = new HashMap<>(request());
        inspection.remove("puzzleSet");
        inspection.remove("protocol");
        client.post("/api/inspections", inspection)
                .statusCode(200)
                .body("before.evaluation", hasItem(first))
                .body("before.find { it.evaluation == '" + first + "' }.otherwise.entrySet()", empty());
        inspection.put("hyperParameters", Map.of("L_cycles", 3));
        client.post("/api/inspections", inspection)
                .statusCode(200)
                .body("before.find { it.evaluation == '" + first + "' }.otherwise.lCycles", equalTo(2))
                .body("before.find { it.evaluation == '" + first + "' }.puzzleSet", equalTo("sudoku"));
    }

    private ValidatableResponse start(Map<String, Object> request) {
        return client.post("/api/evaluations", request);
    }

    private static String id(ValidatableResponse answer) {
        return answer.extract().path("id");
    }

    /** Of uploads of its own. */
    private Map<String, Object> request() throws IOException {
        Map<String, Object> request = new HashMap<>();
        request.put("checkpoint", client.uploaded("step_484", Golden.read(SUDOKU + "/step_484")));
        request.put("config", client.uploaded("all_config.yaml", Golden.read(SUDOKU + "/all_config.yaml")));
        request.put("puzzleSet", "sudoku");
        request.put("protocol", Map.of("steps", steps));
        return request;
    }
}
