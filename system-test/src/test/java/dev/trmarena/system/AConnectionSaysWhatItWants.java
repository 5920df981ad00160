package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** In the services as they are packaged: what counts there is which class loader finds what Netty looks for. */
@OnTheSharedPlatform
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AConnectionSaysWhatItWants {
    @Test
    void or_is_ended_by_the_service(Platform platform) throws IOException {
        URI address = URI.create(platform.url());
        try (Socket slow = new Socket(address.getHost(), address.getPort())) {
            says(slow, "GET /api/evaluations HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
            assertThat(isGone(slow)).isFalse();
            await().atMost(Duration.ofMinutes(2)).until(() -> isGone(slow));
        }
    }

    /** Where health and meters are, as everywhere. */
    @Test
    void in_the_one_protocol_that_is_spoken(Platform platform) throws IOException {
        for (String service : List.of("ingest", "leaderboard-api")) {
            URI address = URI.create(platform.management(service));
            try (Socket offers = new Socket(address.getHost(), address.getPort())) {
                says(
                        offers,
                        "GET /q/health/live HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                                + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n");
                assertThat(new String(offers.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                        .as(service)
                        .isEqualTo("HTTP/1.1 200");
            }
            try (Socket insists = new Socket(address.getHost(), address.getPort())) {
                says(insists, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
                assertThat(heard(insists)).as(service).isNegative();
            }
        }
    }

    /** A letter; -1 when the connection has ended, in whatever way. */
    private static int heard(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read();
        } catch (SocketException e) {
            return -1;
        }
    }

    /** What is sent to a connection that has ended is answered by a reset. */
    private static boolean isGone(Socket socket) {
        try {
            says(socket, "a");
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static void says(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }
}
