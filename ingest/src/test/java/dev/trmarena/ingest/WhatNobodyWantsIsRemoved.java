package dev.trmarena.ingest;

import static dev.trmarena.ingest.Client.assertRefused;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.nullValue;

import dev.trmarena.golden.Golden;
import dev.trmarena.messages.Json;
import dev.trmarena.messages.Received;
import dev.trmarena.messages.TestBroker;
import dev.trmarena.messages.Topics;
import dev.trmarena.messages.Withdrawal;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Rows and files go, those of others stay, solvers are told; and whoever asks what would go changes nothing. */
@QuarkusTest
@WithTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WhatNobodyWantsIsRemoved {
    @Inject
    Client client;

    @SuppressWarnings("NullAway.Init") // RealParts puts it here
    TestBroker broker;

    @Test
    void a_set_goes_with_its_evaluations_and_gives_its_bytes_back() throws IOException {
        var before = client.kept();
        String evaluation = client.planDemo("removed-set", 71, "removed model");
        var full = client.kept();
        remove("/api/puzzle-sets/removed-set?dryRun=true")
                .statusCode(200)
                .body("done", equalTo(false))
                .body("evaluations", equalTo(1))
                .body("running", equalTo(1))
                .body("models", contains("removed model"))
                .body("puzzleSet", equalTo(true));
        assertThat(client.kept()).as("only asked").isEqualTo(full);
        remove("/api/puzzle-sets/removed-set").statusCode(200).body("done", equalTo(true));
        assertThat(client.kept()).as("as if it had never been there").isEqualTo(before);
        try (var received = new Received(broker.bootstrapServers(), Topics.WITHDRAWN)) {
            assertThat(received.payloads(evaluation, 1))
                    .extracting(bytes -> Json.read(bytes, Withdrawal.class).evaluation())
                    .containsExactly(UUID.fromString(evaluation));
        }
        assertRefused(remove("/api/puzzle-sets/removed-set"), 404, "removed-set");
        assertRefused(remove("/api/evaluations/" + evaluation), 404, evaluation);
    }

    @Test
    void weights_stay_while_another_evaluation_has_them() throws IOException {
        String first = client.planDemo("removed-weights", 72, "stays");
        String second = client.planDemo("removed-weights", 73, "goes");
        remove("/api/models/goes")
                .statusCode(200)
                .body("evaluations", equalTo(1))
                .body("models", contains("goes"))
                .body("checkpoints", equalTo(0))
                .body("bytes", equalTo(0));
        client.post("/api/evaluations", Map.of("evaluation", second)).statusCode(404);
        client.post("/api/evaluations", Map.of("evaluation", first, "protocol", Map.of("steps", 74)))
                .statusCode(201);
        remove("/api/evaluations/" + first)
                .statusCode(200)
                .body("models", empty())
                .body("evaluations", equalTo(1));
        remove("/api/evaluations/nonsense").statusCode(404);
        remove("/api/models/goes").statusCode(404);
        remove("/api/checkpoints/" + "00".repeat(32)).statusCode(404);
    }

    @Test
    void a_set_in_the_place_of_another_is_told_by_the_old_one() throws IOException {
        var before = client.kept();
        // Files that no other test has.
        byte[] csv = new String(Golden.read("demo/sudoku-9x9/test.csv"), StandardCharsets.UTF_8)
                .lines()
                .limit(4)
                .collect(Collectors.joining("\n", "", "\n"))
                .getBytes(StandardCharsets.UTF_8);
        client.importSet("replaced-old", Map.of("test.csv", csv)).statusCode(201);
        Map<String, Object> request = Map.of(
                "name",
                "replaced-new",
                "replaces",
                "replaced-old",
                "files",
                List.of(Map.of("path", "test.csv", "upload", client.uploaded("test.csv", csv))));
        client.post("/api/puzzle-sets", request).statusCode(201).body("successor", nullValue());
        client.importSet("replaced-old", Map.of("test.csv", csv))
                .statusCode(200)
                .body("successor", equalTo("replaced-new"));
        Map<String, Object> unknown = Map.of(
                "name",
                "replaced-newer",
                "replaces",
                "no-such-set",
                "files",
                List.of(Map.of("path", "test.csv", "upload", client.uploaded("test.csv", csv))));
        assertRefused(client.post("/api/puzzle-sets", unknown), 404, "no-such-set");
        remove("/api/puzzle-sets/replaced-new").statusCode(200).body("bytes", equalTo(0));
        client.importSet("replaced-old", Map.of("test.csv", csv))
                .statusCode(200)
                .body("successor", nullValue());
        remove("/api/puzzle-sets/replaced-old").statusCode(200).body("bytes", greaterThan(0));
        assertThat(client.kept()).as("every byte is given back").isEqualTo(before);
    }

    private static ValidatableResponse remove(String path) {
        return given().accept("application/json").delete(path).then();
    }
}
