package dev.trmarena.ingest;

import static dev.trmarena.ingest.Client.assertRefused;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import dev.trmarena.ingest.upload.SweepUploads;
import dev.trmarena.ingest.upload.WriteInAnotherProcess;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.commons.codec.digest.DigestUtils;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever ends a request or a process, an upload goes on at the byte that it had, and ends as the file that was sent. */
@QuarkusTest
@WithTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AnUploadGoesOnWhereItStopped {
    private static final int SIZE = 3_000_000;
    private static final int HALF = 1_400_000;
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @Inject
    Client client;

    @Inject
    SweepUploads sweepUploads;

    @Inject
    HandClock clock;

    @Inject
    Jdbi jdbi;

    @ConfigProperty(name = "arena.artifacts")
    Path store;

    @AfterEach
    void back_to_now() {
        clock.setAhead(Duration.ZERO);
    }

    @Test
    void in_pieces() {
        byte[] file = noise(1);
        var begun = client.begin("my models/step 7", SIZE)
                .statusCode(201)
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Expires", matchesPattern("\\w{3}, \\d.* GMT"))
                .body("digest", nullValue())
                .body("offset", equalTo(0))
                .extract();
        String id = begun.path("upload");
        assertThat(begun.header("Location")).isEqualTo("uploads/" + id);
        assertThat(client.offset(id)).isZero();
        client.append(id, 0, part(file, 0, HALF)).statusCode(204).header("Upload-Offset", String.valueOf(HALF));
        assertThat(client.offset(id)).isEqualTo(HALF);
        client.append(id, HALF, part(file, HALF, SIZE)).statusCode(204).header("Upload-Offset", String.valueOf(SIZE));
        assertWhole(id, file);
        // The answer to the last piece may get lost: the sender asks, or sends nothing more.
        client.append(id, SIZE, new byte[0]).statusCode(204).header("Upload-Offset", String.valueOf(SIZE));
        assertRefused(client.append(id, SIZE, new byte[1]), 413, "step 7");
        assertWhole(id, file);
    }

    @Test
    void after_the_connection_broke() throws IOException {
        byte[] file = noise(2);
        String id = begun("step_8");
        try (var socket = new Socket("127.0.0.1", RestAssured.port)) {
            var out = socket.getOutputStream();
            out.write(("PATCH /api/uploads/" + id + " HTTP/1.1\r\nHost: localhost\r\nUpload-Offset: 0\r\n"
                            + "Content-Type: application/offset+octet-stream\r\nContent-Length: " + SIZE + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(file, 0, HALF);
            out.flush();
            await().atMost(PATIENCE).until(() -> Files.exists(partial(id)) && Files.size(partial(id)) == HALF);
            assertRefused(client.append(id, 0, part(file, 0, HALF)), 423, id, "HEAD");
        }
        await().atMost(PATIENCE).until(() -> client.offset(id) == HALF);
        await().atMost(PATIENCE)
                .until(() -> client.append(id, HALF, part(file, HALF, SIZE))
                                .extract()
                                .statusCode()
                        == 204);
        assertWhole(id, file);
    }

    @Test
    void after_the_process_was_killed() throws Exception {
        byte[] file = noise(3);
        String id = begun("step_9");
        Process process = WriteInAnotherProcess.start(store, id);
        try {
            process.getOutputStream().write(file, 0, HALF);
            process.getOutputStream().flush();
            await().atMost(PATIENCE).until(() -> Files.exists(partial(id)) && Files.size(partial(id)) == HALF);
            assertRefused(client.append(id, 0, part(file, 0, HALF)), 423, id);
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(client.offset(id)).isEqualTo(HALF);
        client.append(id, HALF, part(file, HALF, SIZE)).statusCode(204);
        assertWhole(id, file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"asked for", "sent to", "swept", "used"})
    void completed_by_whoever_comes_next(String comesNext) throws Exception {
        byte[] file = noise(comesNext.length());
        // Killed before the digest was written down, and after it.
        for (boolean digestKnown : List.of(false, true)) {
            String id = begun("step_10");
            Files.createDirectories(partial(id).getParent());
            Files.write(partial(id), file);
            if (digestKnown) {
                jdbi.useHandle(handle -> handle.execute(
                        "update upload set digest = ? where id = ?", DigestUtils.sha256Hex(file), UUID.fromString(id)));
            }
            switch (comesNext) {
                case "asked for" -> assertThat(client.offset(id)).isEqualTo(SIZE);
                case "sent to" -> client.append(id, SIZE, new byte[0]).statusCode(204);
                case "swept" -> sweepUploads.sweep();
                default -> assertRefused(client.evaluate(id, null, "no-such-set", null), 404, "no-such-set");
            }
            assertThat(partial(id)).doesNotExist();
            assertWhole(id, file);
        }
    }

    @Test
    void another_offset_than_the_one_it_has() {
        String id = begun("step_11");
        client.append(id, 0, new byte[10]).statusCode(204);
        assertRefused(client.append(id, 0, new byte[10]), 409, "step_11", "byte 0", "has 10", "HEAD");
        assertRefused(client.append(id, 11, new byte[10]), 409, "byte 11");
        assertThat(client.offset(id)).isEqualTo(10);
    }

    @Test
    void a_body_that_goes_on_behind_the_end_changes_nothing() {
        String id = begun("step_12");
        client.append(id, 0, new byte[10]).statusCode(204);
        assertRefused(client.append(id, 10, new byte[SIZE]), 413, "step_12", String.valueOf(SIZE), "announced");
        assertThat(client.offset(id)).isEqualTo(10);
    }

    @Test
    void what_is_unfinished_cannot_be_used() {
        String id = begun("step_13");
        client.append(id, 0, new byte[10]).statusCode(204);
        assertRefused(client.evaluate(id, null, "x", null), 409, "step_13", "10 of " + SIZE, "PATCH");
    }

    @Test
    void it_expires_unless_it_grows() {
        String left = begun("step_14");
        client.append(left, 0, new byte[10]).statusCode(204);
        String whole = client.uploaded("step_15", new byte[] {1, 5});
        clock.setAhead(Duration.ofMinutes(90));
        String grows = begun("step_16");
        clock.setAhead(Duration.ofHours(3));
        client.append(grows, 0, new byte[10]).statusCode(204);
        assertRefused(client.append(left, 10, new byte[10]), 410, "step_14", "POST");
        clock.setAhead(Duration.ofHours(4));
        sweepUploads.sweep();
        assertThat(partial(left)).doesNotExist();
        given().head("/api/uploads/" + left).then().statusCode(404);
        assertThat(client.offset(grows)).isEqualTo(10);
        assertThat(client.offset(whole)).isEqualTo(2);
        clock.setAhead(Duration.ofHours(25));
        sweepUploads.sweep();
        given().head("/api/uploads/" + whole).then().statusCode(404);
        given().head("/api/uploads/" + grows).then().statusCode(404);
        assertThat(client.unused()).isEmpty();
    }

    @Test
    void it_can_be_taken_back() throws IOException {
        var before = client.keptWithUploads();
        String unfinished = begun("step_17");
        client.append(unfinished, 0, new byte[10]).statusCode(204);
        String whole = client.uploaded("step_18", new byte[] {1, 8});
        Files.write(partial(UUID.randomUUID().toString()), new byte[1]);
        for (String id : List.of(unfinished, whole)) {
            given().delete("/api/uploads/" + id).then().statusCode(204);
            given().get("/api/uploads/" + id).then().statusCode(404);
            assertRefused(client.append(id, 0, new byte[1]), 404, id, "POST /api/uploads");
        }
        sweepUploads.sweep();
        assertThat(client.keptWithUploads())
                .as("a file without a row is gone, too")
                .isEqualTo(before);
    }

    @Test
    void only_so_many_are_unfinished() {
        var begun = new ArrayList<String>();
        try {
            assertRefused(
                    beginAll("192.0.2.1", begun), 429, "step_19", "32 of yours", "arena.upload.max-unfinished-of-one");
            assertThat(begun).hasSize(32);
            // Other tests left some.
            beginAll("192.0.2.2", begun);
            assertRefused(beginAll("192.0.2.3", begun), 429, "64 are unfinished", "arena.upload.max-unfinished of");
        } finally {
            begun.forEach(id -> given().delete("/api/uploads/" + id));
        }
        client.begin("step_19", 1).statusCode(201);
    }

    /** 64 MiB may be unfinished, of files of 16 MiB; others have left some bytes. */
    @Test
    void only_so_many_bytes_are_unfinished() {
        var begun = new ArrayList<String>();
        try {
            assertRefused(
                    beginAll("192.0.2.4", 12 << 20, begun),
                    507,
                    "25165824 are yours",
                    "may have 67108864",
                    "arena.retention.unfinished.bytes");
            assertThat(begun).as("half of them").hasSize(2);
            assertRefused(beginAll("192.0.2.5", 16 << 20, begun), 507, "33554432 are yours");
            assertRefused(beginAll("192.0.2.6", 12 << 20, begun), 507, "0 are yours");
            begun.add(client.begin("step_19", 1).statusCode(201).extract().path("upload"));
        } finally {
            begun.forEach(id -> given().delete("/api/uploads/" + id));
        }
    }

    private static ValidatableResponse beginAll(String sender, List<String> begun) {
        return beginAll(sender, 1, begun);
    }

    /** As many as are let in from this address. @return the refusal of one more */
    private static ValidatableResponse beginAll(String sender, long bytes, List<String> begun) {
        ValidatableResponse answer;
        while (true) {
            answer = given().header("X-Forwarded-For", sender)
                    .header("Upload-Length", bytes)
                    .header("Upload-Metadata", "filename c3RlcF8xOQ==")
                    .post("/api/uploads")
                    .then();
            if (answer.extract().statusCode() != 201) {
                return answer;
            }
            begun.add(answer.extract().path("upload"));
        }
    }

    @Test
    void each_refusal_says_what_to_do() {
        assertRefused(given().post("/api/uploads").then(), 400, "Upload-Length is missing", "size of the whole file");
        assertRefused(given().header("Upload-Length", "-1").post("/api/uploads").then(), 400, "'-1'", "Upload-Length");
        assertRefused(
                given().header("Upload-Length", 1)
                        .header("Upload-Metadata", "filename é")
                        .post("/api/uploads")
                        .then(),
                400,
                "Base64");
        assertRefused(
                given().header("Tus-Resumable", "0.2.1").post("/api/uploads").then(), 412, "0.2.1", "1.0.0");
        assertRefused(given().patch("/api/uploads/nonsense").then(), 415, "application/offset+octet-stream");
        assertRefused(client.append("nonsense", 0, new byte[1]), 404, "nonsense");
        given().options("/api/uploads")
                .then()
                .statusCode(204)
                .header("Tus-Version", "1.0.0")
                .header("Tus-Max-Size", String.valueOf(16 << 20));
    }

    private String begun(String name) {
        return client.begin(name, SIZE).statusCode(201).extract().path("upload");
    }

    private void assertWhole(String id, byte[] file) {
        assertThat(client.offset(id)).isEqualTo(SIZE);
        given().get("/api/uploads/" + id).then().body("digest", equalTo(DigestUtils.sha256Hex(file)));
        String digest = DigestUtils.sha256Hex(file);
        Path artifact = store.resolve("sha256").resolve(digest.substring(0, 2)).resolve(digest);
        assertThat(artifact).hasBinaryContent(file);
    }

    private Path partial(String id) {
        return store.resolve("partial").resolve(id);
    }

    private static byte[] part(byte[] file, int from, int to) {
        return Arrays.copyOfRange(file, from, to);
    }

    private static byte[] noise(int seed) {
        byte[] noise = new byte[SIZE];
        new Random(seed).nextBytes(noise);
        return noise;
    }
}
