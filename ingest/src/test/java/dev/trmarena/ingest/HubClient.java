package dev.trmarena.ingest;

import static dev.trmarena.ingest.Client.assertRefused;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.path.json.JsonPath;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/** Fetches files as a user would. */
@ApplicationScoped
class HubClient {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Client client;
    private final Jdbi jdbi;
    private int before;

    HubClient(Client client, Jdbi jdbi) {
        this.client = client;
        this.jdbi = jdbi;
    }

    /** Before each test: the hub has nothing yet. */
    void begin(FakeHub hub) {
        hub.clear();
        before = client.uploads();
    }

    /** Number of uploads that there were before the test. */
    int before() {
        return before;
    }

    JsonPath fetch(String name) {
        return client.post("/api/fetches", Map.of("from", name))
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    String refusal(String name, int status) {
        return assertRefused(client.post("/api/fetches", Map.of("from", name)), status)
                .values()
                .toString();
    }

    JsonPath look(String id) {
        return given().get("/api/fetches/" + id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    String whole(String id) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(look(id).getString("state"))
                .as(() -> look(id).prettify())
                .isEqualTo("whole"));
        return id;
    }

    /** What is wrong, and what to do. */
    String failed(String id) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(look(id).getString("state"))
                .as(() -> look(id).prettify())
                .isEqualTo("failed"));
        JsonPath end = look(id);
        return end.getString("problem.problem") + " " + end.getString("problem.remedy");
    }

    /** After each test: nothing of it stays. */
    void forgetAll() {
        jdbi.withHandle(handle -> handle.createQuery("select upload from hub_fetch")
                        .mapTo(String.class)
                        .list())
                .forEach(id -> given().delete("/api/fetches/" + id));
        await().atMost(PATIENCE).until(() -> client.uploads() == before);
    }
}
