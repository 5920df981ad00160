package dev.trmarena.http.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.http.admit.Stranger;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Whoever opens connections and says nothing, or a letter now and then, keeps nobody from being answered; by a real server. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ManyConnectionsShutNobodyOut {
    private static final String ANOTHER = "127.0.0.7";
    private static final int MOST = RealServer.MOST_CONNECTIONS;

    private RealServer server;
    private int port;

    @BeforeEach
    void serve() throws Exception {
        // As the services are set to.
        server = new RealServer(
                new HttpServerOptions().setHttp2ClearTextEnabled(false),
                request -> request.response().setStatusCode(404).end("there is nothing here"));
        port = server.port();
    }

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    @Test
    void that_send_nothing_or_the_beginning_of_a_head() throws IOException {
        List<Stranger> slow = new ArrayList<>();
        try (Stranger patient = Stranger.at(port)) {
            asks(patient);
            for (int connection = 0; connection < MOST; connection++) {
                Stranger stranger = Stranger.from(ANOTHER, port);
                slow.add(stranger);
                stranger.says(connection % 2 == 0 ? "" : "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
            }
            for (Stranger stranger : slow) {
                assertThat(stranger.isLeft()).isTrue();
            }
            asks(patient);
        } finally {
            for (Stranger stranger : slow) {
                stranger.close();
            }
        }
    }

    @Test
    void nor_more_than_an_address_may_have() throws IOException {
        List<Stranger> open = new ArrayList<>();
        try {
            for (int connection = 0; connection < MOST; connection++) {
                Stranger stranger = Stranger.from(ANOTHER, port);
                open.add(stranger);
                asks(stranger);
            }
            try (Stranger more = Stranger.from(ANOTHER, port);
                    Stranger other = Stranger.at(port)) {
                assertThat(more.isLeft()).isTrue();
                asks(other);
            }
        } finally {
            for (Stranger stranger : open) {
                stranger.close();
            }
        }
    }

    private static void asks(Stranger stranger) throws IOException {
        stranger.sends("", "GET / HTTP/1.1");
        assertThat(stranger.hears().status()).isEqualTo(404);
    }
}
