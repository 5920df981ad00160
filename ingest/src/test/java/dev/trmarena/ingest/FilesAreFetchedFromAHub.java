package dev.trmarena.ingest;

import static dev.trmarena.ingest.Client.assertRefused;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trmarena.db.plan.Fetch;
import dev.trmarena.db.plan.Fetches;
import dev.trmarena.db.plan.IncomingUpload;
import dev.trmarena.db.plan.Origin;
import dev.trmarena.db.plan.Uploads;
import dev.trmarena.golden.Golden;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.apache.commons.codec.digest.DigestUtils;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** {@code hf://…} becomes an upload that is what the hub says, whatever happens on the way; or there is a reason, and nothing else. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FilesAreFetchedFromAHub {
    private static final Duration PATIENCE = HubClient.PATIENCE;
    private static final byte[] CONTENT = new byte[300_000];

    static {
        new Random(1).nextBytes(CONTENT);
    }

    @SuppressWarnings("NullAway.Init") // RealParts puts it here
    FakeHub hub;

    @Inject
    Client client;

    @Inject
    HubClient files;

    @Inject
    Jdbi jdbi;

    @BeforeEach
    void nothing_is_there() {
        files.begin(hub);
    }

    @AfterEach
    void nothing_is_left() {
        files.forgetAll();
    }

    @Test
    void with_its_configuration_and_where_it_is_from() throws IOException {
        byte[] checkpoint = Golden.read("demo/sudoku-4x4/step_484");
        hub.large("sam/tiny/run 1/step_484", checkpoint);
        hub.small("sam/tiny/run 1/all_config.yaml", Golden.read("demo/sudoku-4x4/all_config.yaml"));
        client.importFolder("fetched-set", Golden.folder("demo/sudoku-4x4").resolve("dataset"));

        JsonPath begun = files.fetch("hf://sam/tiny/run 1/step_484");
        assertThat(begun.getString("file.digest")).isEqualTo(DigestUtils.sha256Hex(checkpoint));
        assertThat(begun.getLong("file.bytes")).isEqualTo(checkpoint.length);
        String file = files.whole(begun.getString("file.upload"));
        String config = files.whole(begun.getString("config.upload"));
        JsonPath upload = given().get("/api/uploads/" + file).jsonPath();
        assertThat(upload.getString("digest")).isEqualTo(DigestUtils.sha256Hex(checkpoint));
        assertThat(upload.getString("fileName")).isEqualTo("step_484");

        JsonPath evaluation = client.post(
                        "/api/evaluations",
                        Map.of(
                                "checkpoint",
                                file,
                                "config",
                                config,
                                "puzzleSet",
                                "fetched-set",
                                "protocol",
                                Map.of("steps", 23)))
                .statusCode(201)
                .extract()
                .jsonPath();
        assertThat(evaluation.getString("origin.repository")).isEqualTo("sam/tiny");
        assertThat(evaluation.getString("origin.path")).isEqualTo("run 1/step_484");
        assertThat(evaluation.getString("origin.revision")).isEqualTo("main");
        assertThat(evaluation.getString("origin.commit")).isEqualTo(FakeHub.COMMIT);
        assertThat(evaluation.getString("origin.page"))
                .isEqualTo(hub.hubUrl() + "/sam/tiny/blob/" + FakeHub.COMMIT + "/run%201/step_484");
        assertThat(hub.asked())
                .filteredOn(
                        asked -> asked.method().equals("GET") && asked.host().equals("hub"))
                .as("of the commit that was found, whatever the branch is by then")
                .isNotEmpty()
                .allSatisfy(asked -> assertThat(asked.path()).contains("/resolve/" + FakeHub.COMMIT + "/"));
        given().delete("/api/evaluations/" + evaluation.getString("id")).then().statusCode(200);
    }

    @Test
    void with_a_token_that_the_hub_alone_is_told() {
        hub.large("sam/private/step_1", CONTENT);
        files.whole(files.fetch("hf://sam/private/step_1").getString("file.upload"));
        assertThat(hub.asked()).extracting(FakeHub.Asked::host).contains("hub", "storage");
        assertThat(hub.asked()).allSatisfy(asked -> assertThat(asked.authorization())
                .isEqualTo(asked.host().equals("hub") ? "Bearer " + FakeHub.TOKEN : null));
    }

    @Test
    void or_only_looked_for() {
        hub.large("sam/tiny/step_1", CONTENT);
        hub.small("sam/tiny/all_config.yaml", "arch: x".getBytes(UTF_8));
        JsonPath told = client.post("/api/fetches", Map.of("from", "hf://sam/tiny/step_1", "dryRun", true))
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(told.getString("file.state")).isEqualTo("found");
        assertThat(told.getString("file.upload")).isNull();
        assertThat(told.getLong("file.bytes")).isEqualTo(CONTENT.length);
        assertThat(told.getString("config.fileName")).isEqualTo("all_config.yaml");
        assertThat(client.uploads()).isEqualTo(files.before());
        assertThat(hub.asked()).allSatisfy(asked -> assertThat(asked.method()).isEqualTo("HEAD"));
    }

    @Test
    void from_where_it_was_cut_off() {
        hub.large("sam/tiny/step_2", CONTENT);
        hub.faults("sam/tiny/step_2", FakeHub.cutAfter(100_000), FakeHub.status(502, null), FakeHub.cutAfter(50_000));
        files.whole(files.fetch("hf://sam/tiny/step_2").getString("file.upload"));
        List<String> ranges = hub.asked().stream()
                .filter(asked -> asked.host().equals("storage"))
                .map(asked -> String.valueOf(asked.range()))
                .toList();
        assertThat(ranges).hasSize(4).startsWith("null");
        assertThat(ranges.get(3)).as("not from its beginning").matches("bytes=[1-9]\\d{4,5}-");
    }

    @Test
    void or_given_up_when_nothing_comes_any_more() {
        hub.large("sam/tiny/step_3", CONTENT);
        hub.faults(
                "sam/tiny/step_3",
                FakeHub.cutAfter(1000),
                FakeHub.status(500, null),
                FakeHub.status(500, null),
                FakeHub.status(500, null),
                FakeHub.status(500, null));
        assertThat(files.failed(files.fetch("hf://sam/tiny/step_3").getString("file.upload")))
                .contains("of 300000 bytes nothing comes any more");
    }

    @Test
    void but_not_when_it_is_another_than_the_hub_says() {
        hub.large("sam/tiny/step_4", CONTENT, "ab".repeat(32));
        hub.small("sam/tiny/notes.yaml", "a: b".getBytes(UTF_8), "cd".repeat(20));
        String large = files.fetch("hf://sam/tiny/step_4").getString("file.upload");
        assertThat(files.failed(large)).contains("not what the hub says", "ab".repeat(32));
        assertRefused(given().get("/api/uploads/" + large).then(), 404);
        assertThat(files.failed(files.fetch("hf://sam/tiny/notes.yaml").getString("file.upload")))
                .contains("not what the hub says", "cd".repeat(20));
    }

    @Test
    void after_the_patience_that_the_hub_asks_for() {
        hub.large("sam/tiny/step_5", CONTENT);
        hub.faults("sam/tiny/step_5", FakeHub.status(429, "1"));
        files.whole(files.fetch("hf://sam/tiny/step_5").getString("file.upload"));

        hub.large("sam/tiny/step_6", CONTENT);
        hub.faults("sam/tiny/step_6", FakeHub.status(429, "3600"));
        assertThat(files.failed(files.fetch("hf://sam/tiny/step_6").getString("file.upload")))
                .contains("3600 seconds");

        hub.refuse("sam/busy", 429, null, "7");
        assertThat(files.refusal("hf://sam/busy/step_1", 503)).contains("patience", "7 seconds");
    }

    @Test
    void until_somebody_takes_it_back() {
        var gate = new CountDownLatch(1);
        hub.large("sam/tiny/step_8", CONTENT);
        hub.faults("sam/tiny/step_8", FakeHub.stopAfter(70_000, gate));
        try {
            String id = files.fetch("hf://sam/tiny/step_8").getString("file.upload");
            await().atMost(PATIENCE)
                    .until(() -> files.look(id).getString("state").equals("fetching"));
            given().delete("/api/fetches/" + id).then().statusCode(204);
            assertRefused(given().get("/api/fetches/" + id).then(), 404);
            assertThat(client.uploads()).isEqualTo(files.before());
            gate.countDown();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(client.files()).noneMatch(file -> file.endsWith(id)));
        } finally {
            gate.countDown();
        }
    }

    @Test
    void half_as_many_at_a_time_for_one_sender() {
        var gate = new CountDownLatch(1);
        try {
            List<String> all = List.of("1", "2", "3").stream()
                    .map(number -> {
                        String path = "sam/many/step_" + number;
                        hub.large(path, CONTENT);
                        hub.faults(path, FakeHub.stopAfter(70_000, gate));
                        return files.fetch("hf://" + path).getString("file.upload");
                    })
                    .toList();
            await().atMost(PATIENCE)
                    .until(() -> files.look(all.get(0)).getString("state").equals("fetching")
                            && files.look(all.get(1)).getString("state").equals("fetching"));
            assertThat(files.look(all.get(2)).getString("state")).isEqualTo("waiting");
            gate.countDown();
            all.forEach(files::whole);
        } finally {
            gate.countDown();
        }
    }

    @Test
    void by_the_next_process_when_one_was_killed_but_not_for_ever() {
        hub.large("sam/tiny/step_10", CONTENT);
        files.whole(leftBehind("step_10", 1));
        assertThat(files.failed(leftBehind("step_10", 2))).contains("ended 2 times");
    }

    /** As a process that was killed leaves it. @param deaths processes that ended at it */
    private String leftBehind(String name, int deaths) {
        UUID id = UUID.randomUUID();
        var origin = new Origin("hub", "sam/tiny", name, "main", FakeHub.COMMIT, hub.hubUrl());
        for (int i = 0; i < deaths; i++) {
            client.anotherProcessEndedAt("fetch", id.toString(), 1);
        }
        jdbi.useTransaction(handle -> {
            Uploads.begin(
                    handle,
                    new IncomingUpload(
                            id, name, CONTENT.length, null, "me", Instant.now().plusSeconds(3600)));
            Fetches.begin(
                    handle, new Fetch(id, name, CONTENT.length, DigestUtils.sha256Hex(CONTENT), origin, "me", null));
        });
        return id.toString();
    }
}
