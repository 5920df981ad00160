package dev.trmarena.ingest;

import static dev.trmarena.ingest.Client.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A file comes in whole or not at all. */
@QuarkusTest
@WithTestResource(value = RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UploadsAreStreamedToTheStore {
    private static final int LIMIT = 16 << 20;

    @Inject
    Client client;

    @Test
    void the_answer_names_digest_and_size() {
        client.upload("my model/step 484", "hello".getBytes(StandardCharsets.UTF_8))
                .statusCode(201)
                .body("fileName", equalTo("step 484"))
                .body("digest", equalTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"))
                .body("bytes", equalTo(5));
        assertThat(client.files())
                .anyMatch(file -> file.endsWith("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"));
    }

    @Test
    void a_file_of_exactly_the_limit_comes_in() {
        client.upload("large", noise(LIMIT)).statusCode(201).body("bytes", equalTo(LIMIT));
    }

    @Test
    void an_empty_file_is_refused() {
        var before = client.keptWithUploads();
        assertRefused(client.upload("step_1", new byte[0]), 400, "step_1", "empty");
        assertThat(client.keptWithUploads()).isEqualTo(before);
    }

    @Test
    void a_file_above_the_limit_is_refused_before_it_is_read() {
        var before = client.keptWithUploads();
        assertRefused(client.upload("step_2", noise(LIMIT + 1)), 413, "step_2", String.valueOf(LIMIT));
        assertThat(client.keptWithUploads()).isEqualTo(before);
    }

    @Test
    void a_file_that_goes_on_behind_the_length_it_announced_leaves_nothing() throws Exception {
        var before = client.keptWithUploads();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + "/api/uploads"))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Upload-Length", "1000000")
                .header("Upload-Metadata", "filename " + Client.base64("step_3"))
                .header("Content-Type", "application/offset+octet-stream")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(noise(1_000_001))))
                .build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("step_3").contains("1000000");
        assertThat(client.keptWithUploads()).isEqualTo(before);
    }

    @Test
    void a_postgres_that_dropped_its_connections_costs_no_upload() {
        client.dropConnections();
        for (int i = 0; i < 20; i++) {
            client.upload("step_5", new byte[] {5}).statusCode(201);
        }
        assertThat(client.unused()).isEmpty();
    }

    @Test
    void a_name_that_is_none_is_refused() {
        assertRefused(client.upload("a\nb", new byte[] {1}), 400, "Upload-Metadata");
    }

    private static byte[] noise(int bytes) {
        byte[] noise = new byte[bytes];
        new Random(bytes).nextBytes(noise);
        return noise;
    }
}
