package dev.trmarena.leaderboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.trmarena.http.admit.Stranger;
import dev.trmarena.http.pace.Lane;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What is passed on to ingest: each kind by connections of its own, in our name. In ingest's place something tells what it was asked. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
@TestProfile(TheRelayHasLanes.WithAnIngest.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TheRelayHasLanes {
    @ConfigProperty(name = "arena.ingest.url")
    URI ingest;

    /** One that waits for every body to its end, and answers with what it was asked; at /waits, for how many it waits. */
    public static final class WithAnIngest implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("arena.ingest.url", "http://127.0.0.1:" + started());
        }

        private static int started() {
            try {
                HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
                server.setExecutor(Executors.newCachedThreadPool(work -> {
                    var thread = new Thread(work, "in the place of ingest");
                    thread.setDaemon(true);
                    return thread;
                }));
                var waits = new AtomicInteger();
                server.createContext("/waits", exchange -> {
                    byte[] bodies = waits.toString().getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, bodies.length);
                    exchange.getResponseBody().write(bodies);
                    exchange.close();
                });
                server.createContext("/", exchange -> {
                    waits.incrementAndGet();
                    String body;
                    try {
                        body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                    } finally {
                        waits.decrementAndGet();
                    }
                    var headers = exchange.getRequestHeaders();
                    byte[] asked = (exchange.getRequestMethod() + " host=" + headers.getFirst("Host") + " from="
                                    + headers.get("X-Forwarded-For") + " origin="
                                    + headers.getFirst("Origin") + " site=" + headers.getFirst("Sec-Fetch-Site")
                                    + " body=" + body)
                            .getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
                    exchange.sendResponseHeaders(200, asked.length);
                    exchange.getResponseBody().write(asked);
                    exchange.close();
                });
                server.start();
                return server.getAddress().getPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void uploads_that_stand_still_hold_no_command_up() throws IOException {
        var slow = new ArrayList<Stranger>();
        try {
            for (int upload = 0; upload < Lane.UPLOADS.most(); upload++) {
                Stranger stranger =
                        Stranger.from(upload < Lane.UPLOADS.mostOfOne() ? "127.0.0.2" : "127.0.0.3", RestAssured.port);
                slow.add(stranger);
                stranger.says("PATCH /api/uploads/1 HTTP/1.1\r\nHost: localhost\r\nUpload-Offset: 0\r\n"
                        + "Content-Type: application/offset+octet-stream\r\nContent-Length: 1000\r\n\r\nx");
            }
            // Not by asking for a place until there is none: who asks has one meanwhile, and one of these would be
            // refused.
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(asked(given().get(ingest + "/waits")))
                    .isEqualTo("" + Lane.UPLOADS.most()));
            assertUploadsAreFull();
            assertThat(asked(given().post("/api/evaluations/1/cancel")))
                    .isEqualTo("POST host=" + host() + " from=[127.0.0.1] origin=null" + " site=null body=");
            assertThat(asked(given().contentType("application/json")
                            .body("{\"checkpoint\":\"ä\"}")
                            .post("/api/evaluations")))
                    .endsWith("body={\"checkpoint\":\"ä\"}");
            assertUploadsAreFull();
        } finally {
            for (Stranger stranger : slow) {
                stranger.close();
            }
        }
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(piece(RestAssured.port).status()).isEqualTo(200));
    }

    /** Where no browser says of its page what Sec-Fetch-Site says, ingest would take the page's address for a stranger's. */
    @Test
    void what_was_seen_to_here_is_not_asked_again() throws IOException {
        assertThat(asked(given().header("X-Forwarded-For", "192.0.2.1").post("/api/evaluations/1/pause")))
                .contains("from=[127.0.0.1]");
        assertThat(asked(given().header("Origin", RestAssured.baseURI + ":" + RestAssured.port)
                        .post("/api/evaluations/1/pause")))
                .isEqualTo("POST host=" + host() + " from=[127.0.0.1] origin=null site=null body=");
        assertThat(asked(given().header("Sec-Fetch-Site", "same-origin").post("/api/evaluations/1/pause")))
                .contains("site=null");
        Stranger.asks(RestAssured.port, "", "POST /api/evaluations/1/pause HTTP/1.1")
                .isSafe();
    }

    private void assertUploadsAreFull() throws IOException {
        Stranger.Answer answer = piece(RestAssured.port).isRefused(503);
        assertThat(answer.headers().get("retry-after")).containsExactly("2");
    }

    private static Stranger.Answer piece(int port) throws IOException {
        return Stranger.asks(
                port,
                "x",
                "PATCH /api/uploads/1 HTTP/1.1",
                "Upload-Offset: 0",
                "Content-Type: application/offset+octet-stream");
    }

    private String host() {
        return ingest.getHost() + ":" + ingest.getPort();
    }

    private static String asked(io.restassured.response.Response response) {
        return response.then().statusCode(200).extract().asString();
    }
}
