package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
