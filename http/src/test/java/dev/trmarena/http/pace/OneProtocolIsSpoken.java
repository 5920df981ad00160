package dev.trmarena.http.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.http.admit.Stranger;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A real server as the management ports have it, which would speak HTTP/2 over clear text, and does not. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OneProtocolIsSpoken {
    private RealServer server;
    private int port;

    @BeforeEach
    void serve() throws Exception {
        server = new RealServer(new HttpServerOptions().setHttp2ClearTextEnabled(true), request -> request.response()
                .setStatusCode(404)
                .end(request.version().name()));
        port = server.port();
    }

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    @Test
    void whatever_is_offered() throws IOException {
        for (String more : List.of("", "x".repeat(5000))) {
            var answer = Stranger.asks(
                    port,
                    "",
                    "GET / HTTP/1.1",
                    "Connection: Upgrade, HTTP2-Settings",
                    "Upgrade: h2c",
                    "HTTP2-Settings: AAMAAABkAAQAAP__",
                    "X-More: " + more);
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body()).isEqualTo("HTTP_1_1");
        }
    }

    @Test
    void what_begins_with_the_other_ends() throws IOException {
        for (String preface : List.of("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0", "PRI ")) {
            try (Stranger stranger = Stranger.at(port)) {
                stranger.says(preface);
                assertThat(stranger.isLeft()).as(preface).isTrue();
            }
        }
    }

    @Test
    void letter_by_letter_too() throws IOException {
        try (Stranger stranger = Stranger.at(port)) {
            for (String letter : "PUT / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n".split("")) {
                stranger.says(letter);
            }
            assertThat(stranger.hears().body()).isEqualTo("HTTP_1_1");
        }
        try (Stranger stranger = Stranger.at(port)) {
            for (String letter : "PRI ".split("")) {
                stranger.says(letter);
            }
            assertThat(stranger.isLeft()).isTrue();
        }
    }

    /** What is said in common decides nothing, and a head that does not come ends the connection here, too. */
    @Test
    void and_a_head_comes_in_time() throws IOException {
        for (String beginning : List.of("", "P", "GET / HTTP/1.1\r\nX-Slow: ")) {
            try (Stranger stranger = Stranger.at(port)) {
                stranger.says(beginning);
                assertThat(stranger.isLeft()).as(beginning).isTrue();
            }
        }
    }
}
