package dev.trmarena.leaderboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trmarena.http.admit.KeepsStrangersOut;
import dev.trmarena.http.admit.Stranger;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Pages of other people's, under other names and in other forms, reach nothing: neither here nor, through here, ingest. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StrangersAreKeptOut {
    @TestHTTPResource(value = "/", management = true)
    URL management;

    private KeepsStrangersOut service;

    @BeforeEach
    void know_its_routes() throws Exception {
        service = new KeepsStrangersOut(
                RestAssured.port,
                "/",
                "/index.html",
                "/nowhere",
                "/sets/any.one",
                "/assets/nothing.js",
                "/api/nothing",
                "/q/openapi",
                "/q/nothing");
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

    /** HTTP/2 has no header for the name of who is asked. */
    @Test
    void how_the_service_is_doing_is_told_in_another_version_too() throws Exception {
        for (HttpClient.Version version : HttpClient.Version.values()) {
            HttpClient client = HttpClient.newBuilder().version(version).build();
            var metrics = HttpRequest.newBuilder(management.toURI().resolve("/q/metrics"))
                    .build();
            assertThat(client.send(metrics, BodyHandlers.discarding()).statusCode())
                    .as(version.name())
                    .isEqualTo(200);
        }
    }

    /** However many of them somebody makes up. */
    @Test
    void a_method_that_there_is_not_has_no_meter() throws Exception {
        String before = metrics();
        for (int made = 0; made < 50; made++) {
            given().request("MADE" + made, "/api/uploads").then().statusCode(501);
            given().get("/made-up-" + made);
            given().get("/assets/made-up/" + made).then().statusCode(404);
            given().header("Host", "evil.example").get("/evil/" + made).then().statusCode(421);
        }
        String after = metrics();
        assertThat(after).doesNotContain("MADE").doesNotContain("made-up").doesNotContain("/evil");
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
