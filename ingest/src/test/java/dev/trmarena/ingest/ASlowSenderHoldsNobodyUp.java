package dev.trmarena.ingest;

import static dev.trmarena.ingest.Client.assertRefused;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trmarena.http.admit.Stranger;
import dev.trmarena.http.pace.Lane;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Over real sockets: who sends next to nothing gets next to nothing. */
@QuarkusTest
@WithTestResource(RealParts.class)
@TestProfile(ASlowSenderHoldsNobodyUp.Impatient.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ASlowSenderHoldsNobodyUp {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String OURS = "192.0.2.1";
    private static final String THEIRS = "192.0.2.2";
    private static final String ALONE = "192.0.2.3";

    @Inject
    Client client;

    @ConfigProperty(name = "arena.artifacts")
    Path artifacts;

    /** Of senders; and files may be as large as a disk. */
    public static final class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "arena.upload.grace", "1S",
                    "arena.upload.max-size", "100T",
                    "arena.retention.uploads.bytes", "400T",
                    "arena.retention.unfinished.bytes", "400T",
                    "arena.http.body-deadline", "1S",
                    "quarkus.http.read-timeout", "120S");
        }
    }

    /** The 503 for one upload more shows that the others are all under way, before and after the command. */
    @Test
    void of_files() throws Exception {
        String last = begun(OURS);
        whileAllSend(last, slow -> {
            assertRefused(
                    given().post("/api/evaluations/" + UUID.randomUUID() + "/cancel")
                            .then(),
                    404);
            assertRefused(
                    client.post(
                            "/api/inspections",
                            Map.of("checkpoint", UUID.randomUUID().toString())),
                    404);
            given().get("/api/uploads/" + last).then().statusCode(200);
            assertTold503(last);
            Stranger one = slow.get(0);
            await().atMost(PATIENCE).until(() -> {
                if (!one.isAnswered()) {
                    one.says("x");
                }
                return one.isAnswered();
            });
            assertThat(one.hears().isRefused(408).body())
                    .contains("bytes a second")
                    .contains("go on from there");
            assertThat(one.isLeft()).isTrue();
        });
        // They are gone, and every place of theirs is free again: once more as many fit in, and no more.
        whileAllSend(last, slow -> {
            for (Stranger stranger : slow) {
                assertThat(stranger.isAnswered()).as("told to come back").isFalse();
            }
        });
    }

    private interface Meanwhile {
        void happens(List<Stranger> slow) throws Exception;
    }

    /** @param last an upload that is sent to as well */
    private void whileAllSend(String last, Meanwhile meanwhile) throws Exception {
        var begun = new ArrayList<>(List.of(last));
        var slow = new ArrayList<Stranger>();
        try {
            while (begun.size() < Lane.UPLOADS.most()) {
                begun.add(begun(begun.size() < Lane.UPLOADS.mostOfOne() ? OURS : THEIRS));
            }
            await().atMost(PATIENCE).untilAsserted(() -> client.append(last, client.offset(last), new byte[0])
                    .statusCode(204));
            for (String upload : begun) {
                slow.add(sends(slow.size() < Lane.UPLOADS.mostOfOne() ? OURS : THEIRS, upload, client.offset(upload)));
            }
            await().atMost(PATIENCE).untilAsserted(() -> assertTold503(last));
            meanwhile.happens(slow);
        } finally {
            for (Stranger stranger : slow) {
                stranger.close();
            }
        }
        for (String upload : begun) {
            await().atMost(PATIENCE)
                    .until(() -> client.append(upload, client.offset(upload), new byte[0])
                                    .extract()
                                    .statusCode()
                            == 204);
            if (!upload.equals(last)) {
                given().delete("/api/uploads/" + upload).then().statusCode(204);
            }
        }
    }

    /** Senders of texts have no thread at all: more of them than of any lane, and a text that is whole comes in. */
    @Test
    void of_texts() throws Exception {
        var slow = new ArrayList<Stranger>();
        try {
            for (int text = 0; text < Lane.WORK.most() + Lane.COMMANDS.most() + 1; text++) {
                Stranger stranger = Stranger.at(RestAssured.port);
                slow.add(stranger);
                stranger.says("POST /api/inspections HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 100\r\n\r\n{");
            }
            assertRefused(
                    client.post(
                            "/api/inspections",
                            Map.of("checkpoint", UUID.randomUUID().toString())),
                    404);
            for (Stranger stranger : slow) {
                assertThat(stranger.hears().isRefused(408).body()).contains("within 1 s");
                assertThat(stranger.isLeft()).isTrue();
            }
        } finally {
            for (Stranger stranger : slow) {
                stranger.close();
            }
        }
    }

    /** Chunked, so that its length says nothing. */
    @Test
    void nor_does_a_text_without_end() throws IOException {
        try (Stranger stranger = Stranger.at(RestAssured.port)) {
            stranger.says("POST /api/inspections HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n");
            String piece = "8000\r\n" + " ".repeat(0x8000) + "\r\n";
            for (int sent = 0; sent <= 1 << 20; sent += 0x8000) {
                stranger.says(piece);
            }
            assertThat(stranger.hears().isRefused(413).body()).contains("1048576 bytes");
        }
    }

    /** Nothing of any of these files is sent; each has its place all the same, until it is given up. */
    @Test
    void nor_do_files_that_were_only_announced() throws IOException {
        long room = Files.getFileStore(Files.createDirectories(artifacts)).getUsableSpace();
        long most = room / 100 * 60;
        String first = client.begin("step_1", most).statusCode(201).extract().path("upload");
        String second = client.begin("step_2", room / 100 * 20)
                .statusCode(201)
                .extract()
                .path("upload");
        assertRefused(client.begin("step_3", most), 507, "step_3", String.valueOf(most), "are promised to uploads");
        given().delete("/api/uploads/" + first).then().statusCode(204);
        String third = client.begin("step_3", most).statusCode(201).extract().path("upload");
        for (String upload : List.of(second, third)) {
            given().delete("/api/uploads/" + upload).then().statusCode(204);
        }
    }

    private static String begun(String sender) {
        return given().header("X-Forwarded-For", sender)
                .header("Upload-Length", 100_000)
                .header("Upload-Metadata", "filename " + Client.base64("step_9"))
                .post("/api/uploads")
                .then()
                .statusCode(201)
                .extract()
                .path("upload");
    }

    private static Stranger sends(String sender, String upload, long offset) throws IOException {
        Stranger stranger = Stranger.at(RestAssured.port);
        stranger.says("PATCH /api/uploads/" + upload + " HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: " + sender
                + "\r\nUpload-Offset: " + offset + "\r\n"
                + "Content-Type: application/offset+octet-stream\r\nContent-Length: 50000\r\n\r\nx");
        return stranger;
    }

    /** One has half of the places at most, and the rest are there for others. */
    @Test
    void one_sender_alone_leaves_places() throws Exception {
        var slow = new ArrayList<Stranger>();
        var begun = new ArrayList<String>();
        String other = begun(THEIRS);
        try {
            while (begun.size() < Lane.UPLOADS.mostOfOne()) {
                begun.add(begun(ALONE));
                slow.add(sends(ALONE, begun.get(slow.size()), 0));
            }
            await().atMost(PATIENCE).untilAsserted(() -> {
                try (Stranger one = sends(ALONE, other, 0)) {
                    assertThat(one.hears().isRefused(503).body()).contains("from your address", "32");
                }
            });
            client.append(other, 0, new byte[1]).statusCode(204);
        } finally {
            for (Stranger stranger : slow) {
                stranger.close();
            }
        }
        begun.add(other);
        for (String upload : begun) {
            await().atMost(PATIENCE)
                    .until(() -> given().delete("/api/uploads/" + upload).statusCode() == 204);
        }
    }

    private void assertTold503(String upload) {
        var answer = client.append(upload, 99_999, new byte[1]);
        assertRefused(answer, 503, "64");
        answer.header("Retry-After", "2");
    }
}
