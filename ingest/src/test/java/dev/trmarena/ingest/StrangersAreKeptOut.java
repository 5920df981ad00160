package dev.trmarena.ingest;

import static dev.trmarena.ingest.Client.assertRefused;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trmarena.http.admit.KeepsStrangersOut;
import dev.trmarena.http.admit.Stranger;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Pages of other people's, under other names and in other forms, reach nothing; what uploads files goes on doing so. */
@QuarkusTest
@WithTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StrangersAreKeptOut {
    @Inject
    Client client;

    @TestHTTPResource(value = "/", management = true)
    URL management;

    private KeepsStrangersOut service;

    @BeforeEach
    void know_its_routes() throws Exception {
        service = new KeepsStrangersOut(RestAssured.port, "/", "/nowhere", "/api/nothing", "/q/openapi", "/q/nothing");
    }

    @Test
    void by_another_name() throws Exception {
        service.byAnotherName();
    }

    @Test
    void from_another_page() throws Exception {
        service.fromAnotherPage();
    }

    @Test
    void in_a_form() throws Exception {
        service.inAForm();
    }

    @Test
    void with_nonsense() throws Exception {
        service.withNonsense();
    }

    @Test
    void in_another_protocol() throws Exception {
        service.inAnotherProtocol();
    }

    @Test
    void as_is_documented() {
        service.asIsDocumented();
    }

    @Test
    void and_nobody_else() throws Exception {
        service.andNobodyElse();
    }

    @Test
    void and_tells_browsers_so() throws Exception {
        service.andTellsBrowsersSo();
    }

    @Test
    void a_file_comes_in_from_our_page() {
        byte[] file = "weights".getBytes(StandardCharsets.UTF_8);
        String begun = given().header("Sec-Fetch-Site", "same-origin")
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Length", file.length)
                .header("Upload-Metadata", "filename " + Client.base64("step_1"))
                .post("/api/uploads")
                .then()
                .statusCode(201)
                .extract()
                .path("upload");
        client.append(begun, 0, file).statusCode(204);
        assertThat(client.offset(begun)).isEqualTo(file.length);
    }

    @Test
    void what_is_no_text_is_refused_in_a_body_too() {
        for (String none : List.of("\\u0000", "\\ud800", "\\udc00x")) {
            assertRefused(
                    given().contentType("application/json")
                            .body("{\"name\": \"a" + none + "\", \"files\": [{\"path\": \"b\", \"upload\": \"c\"}]}")
                            .post("/api/puzzle-sets")
                            .then(),
                    400,
                    "half a character",
                    "line 1, column 10");
        }
    }

    @Test
    void how_the_service_is_doing_is_told_on_another_port_and_by_its_names_alone() throws Exception {
        for (String path : List.of("/q/health", "/q/health/live", "/q/health/ready", "/q/metrics")) {
            Stranger.asks(RestAssured.port, "", "GET " + path + " HTTP/1.1")
                    .isSafe()
                    .isNot(200);
            Stranger.asks(management.getPort(), "", "GET " + path + " HTTP/1.1", "Host: evil.example")
                    .isRefused(421);
            // Ready it is a moment after its start.
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() ->
                            given().port(management.getPort()).get(path).then().statusCode(200));
        }
        given().port(management.getPort()).get("/q/openapi").then().statusCode(404);
    }

    /** However many of them somebody makes up. */
    @Test
    void a_method_that_there_is_not_has_no_meter() throws Exception {
        String before = metrics();
        for (int made = 0; made < 50; made++) {
            given().request("MADE" + made, "/api/uploads").then().statusCode(501);
            given().get("/made-up/" + made).then().statusCode(404);
            given().header("Host", "evil.example").get("/evil/" + made).then().statusCode(421);
        }
        String after = metrics();
        assertThat(after).doesNotContain("MADE").doesNotContain("/made-up").doesNotContain("/evil");
        assertThat(after.lines()
                        .filter(line -> line.startsWith("http_server_requests"))
                        .count())
                .as("meters more")
                .isLessThan(before.lines()
                                .filter(line -> line.startsWith("http_server_requests"))
                                .count()
                        + 20);
    }

    private String metrics() {
        return given().port(management.getPort())
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }
}
