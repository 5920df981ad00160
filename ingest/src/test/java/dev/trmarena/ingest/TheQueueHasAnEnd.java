package dev.trmarena.ingest;

import static dev.trmarena.ingest.Client.assertRefused;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.trmarena.ingest.remove.SweepRows;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Whoever asks for the same large thing again and again fills no disk with rows of work that waits. */
@QuarkusTest
@WithTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TheQueueHasAnEnd {
    @Inject
    Client client;

    @Inject
    Jdbi jdbi;

    @Inject
    SweepRows sweepRows;

    /** Other tests of the service would find it full. */
    @AfterEach
    void make_room() {
        jdbi.useHandle(handle -> handle.execute("update evaluation set unit_count = 4 where unit_count >= 1000000"));
    }

    @Test
    void and_whoever_comes_then_is_told_so() throws IOException {
        // Other tests leave theirs waiting, and what waits is counted together.
        jdbi.useHandle(handle ->
                handle.execute("update evaluation set state = 'cancelled', finished_at = now() where not is_over"));
        String there = client.planDemo("sudoku", 91, null);
        Map<String, Object> same = Map.of("evaluation", there, "protocol", Map.of("steps", 91));
        Map<String, Object> again = Map.of("evaluation", there, "again", true, "protocol", Map.of("steps", 91));
        int units = units(there);

        setUnits(there, 2_000_000);
        int rows = rows();
        assertRefused(
                another("/api/evaluations", again),
                429,
                "evaluations that are not over have 2000",
                "arena.plan.queued-units",
                "cancel");
        setUnits(there, 1_000_000);
        assertRefused(
                client.post("/api/evaluations", again),
                429,
                "evaluations from your address that are not over have 1000",
                "arena.plan.queued-units-of-one");
        assertThat(rows()).as("nothing is written").isEqualTo(rows);
        client.post("/api/evaluations", same).statusCode(200).body("id", equalTo(there));

        String other = another("/api/evaluations", Map.of("evaluation", there, "protocol", Map.of("steps", 92)))
                .statusCode(201)
                .extract()
                .path("id");
        client.post("/api/evaluations/" + there + "/cancel", Map.of()).statusCode(200);
        setUnits(there, units);
        setUnits(other, 1_000_000);
        assertRefused(another("/api/evaluations/" + there + "/retry", Map.of()), 429, "from your address", "1000000");
        client.post("/api/evaluations/" + there + "/retry", Map.of()).statusCode(200);
        for (String each : List.of(there, other)) {
            client.post("/api/evaluations/" + each + "/cancel", Map.of()).statusCode(200);
        }
        sweepRows.sweep();
        List<UUID> kept = jdbi.withHandle(handle -> handle.createQuery("select evaluation_id from asked_by")
                .mapTo(UUID.class)
                .list());
        assertThat(kept).as("who asked is forgotten").doesNotContain(UUID.fromString(there), UUID.fromString(other));
    }

    /** As leaderboard-api passes on what came from another address. */
    private static ValidatableResponse another(String path, Object json) {
        return given().header("X-Forwarded-For", "192.0.2.9")
                .contentType("application/json")
                .body(json)
                .post(path)
                .then();
    }

    private int units(String evaluation) {
        return jdbi.withHandle(handle -> handle.createQuery("select unit_count from evaluation where id = :id")
                .bind("id", UUID.fromString(evaluation))
                .mapTo(Integer.class)
                .one());
    }

    private void setUnits(String evaluation, int units) {
        jdbi.useHandle(handle -> handle.execute(
                "update evaluation set unit_count = ? where id = ?", units, UUID.fromString(evaluation)));
    }

    private int rows() {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from evaluation")
                .mapTo(Integer.class)
                .one());
    }
}
