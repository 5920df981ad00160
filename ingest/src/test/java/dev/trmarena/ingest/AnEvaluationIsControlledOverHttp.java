package dev.trmarena.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.trmarena.messages.Json;
import dev.trmarena.messages.Received;
import dev.trmarena.messages.TestBroker;
import dev.trmarena.messages.Topics;
import dev.trmarena.messages.Withdrawal;
import dev.trmarena.messages.WorkUnit;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Cancel, pause, resume, retry and again, up to what the solvers are told. */
@QuarkusTest
@WithTestResource(value = RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AnEvaluationIsControlledOverHttp {
    private static final Path DEMO =
            Path.of(System.getProperty("arena.root", "..")).resolve("demo/sudoku-4x4");

    /** Each test has an evaluation of its own: the number of steps differs. */
    private static final AtomicInteger STEPS = new AtomicInteger(3);

    @Inject
    Client client;

    @SuppressWarnings("NullAway.Init") // RealParts puts it here
    TestBroker broker;

    private String evaluation = "";

    private final int steps = STEPS.incrementAndGet();

    @BeforeEach
    void planned() throws IOException {
        assertThat(client.importFolder("controlled", DEMO.resolve("dataset"))
                        .extract()
                        .statusCode())
                .isIn(200, 201);
        Path checkpoint = DEMO.resolve("step_484");
        evaluation = client.post(
                        "/api/evaluations",
                        Map.of(
                                "checkpoint", client.uploaded(checkpoint),
                                "config", client.uploaded(checkpoint.resolveSibling("all_config.yaml")),
                                "puzzleSet", "controlled",
                                "priority", "high",
                                "protocol", Map.of("steps", steps)))
                .statusCode(201)
                .body("priority", equalTo("high"))
                .extract()
                .path("id");
    }

    @Test
    void a_pause_reaches_the_solvers_and_a_resume_gives_out_another_round() {
        // What was never given out is not taken back, and not given out anew.
        try (var received = new Received(broker.bootstrapServers(), Topics.WORK)) {
            assertThat(received.payloads(evaluation, 1)).isNotEmpty();
        }
        control("pause").statusCode(200).body("state", equalTo("paused"));
        control("pause").statusCode(200).body("state", equalTo("paused"));
        try (var received = new Received(broker.bootstrapServers(), Topics.WITHDRAWN)) {
            assertThat(received.payloads(evaluation, 1))
                    .extracting(bytes -> Json.read(bytes, Withdrawal.class))
                    .containsExactly(new Withdrawal(UUID.fromString(evaluation), 1));
        }
        control("resume").statusCode(200).body("state", equalTo("queued"));
        try (var received = new Received(broker.bootstrapServers(), Topics.WORK)) {
            List<WorkUnit> units = received.payloads(evaluation, 5).stream()
                    .map(bytes -> Json.read(bytes, WorkUnit.class))
                    .toList();
            assertThat(units.get(units.size() - 1).round()).isEqualTo(2);
        }
    }

    @Test
    void what_its_state_forbids_is_refused_with_the_states_that_allow_it() {
        control("resume").statusCode(200);
        control("cancel").statusCode(200).body("state", equalTo("cancelled"));
        control("pause")
                .statusCode(409)
                .body("title", containsString("cancelled"))
                .body("remedy", containsString("queued or running"));
        control("retry").statusCode(200).body("state", equalTo("queued")).body("finishedAt", nullValue());
        control("explode").statusCode(404).body("remedy", containsString("cancel, pause, resume, retry"));
        client.post("/api/evaluations/" + UUID.randomUUID() + "/cancel", Map.of())
                .statusCode(404);
        client.post("/api/evaluations/nonsense/cancel", Map.of()).statusCode(404);
    }

    @Test
    void the_same_again_is_offered_and_run_anew_when_asked() {
        client.post("/api/evaluations", Map.of("evaluation", evaluation, "priority", "urgent"))
                .statusCode(400)
                .body("problem", containsString("low, normal, high"));
        ValidatableResponse again =
                client.post("/api/evaluations", request(true)).statusCode(201);
        again.body("id", not(equalTo(evaluation))).body("repeat", equalTo(2)).body("original", equalTo(evaluation));
        client.post("/api/evaluations", request(false)).statusCode(200).body("id", equalTo(evaluation));
    }

    private Map<String, Object> request(boolean again) {
        return Map.of("evaluation", evaluation, "again", again, "protocol", Map.of("steps", steps));
    }

    private ValidatableResponse control(String command) {
        return client.post("/api/evaluations/" + evaluation + "/" + command, Map.of());
    }
}
