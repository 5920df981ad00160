package dev.trmarena.http.pace;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A connection ends that does not say what it wants. The time is the channel's own, which stands still. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AHeadComesInTime {
    private static final int SECONDS = 20;

    private final EmbeddedChannel channel = new EmbeddedChannel(
            new WatchConnection(new WatchConnection.Limits(Duration.ofSeconds(SECONDS), 1)), new HttpRequestDecoder());

    AHeadComesInTime() {
        channel.freezeTime();
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void or_the_connection_ends_when_nothing_comes() {
        passes(SECONDS - 2);
        assertThat(channel.isOpen()).isTrue();
        passes(3);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void or_when_it_comes_letter_by_letter() {
        for (int second = 0; second < SECONDS - 1; second++) {
            comes(second == 0 ? "GET /api/evaluations HTTP/1.1\r\nX-Slow: " : "a");
            passes(1);
        }
        assertThat(channel.isOpen()).isTrue();
        passes(2);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void and_a_body_may_take_longer_and_so_may_the_pause_before_another_request() {
        comes("POST /api/evaluations HTTP/1.1\r\nContent-Length: 3\r\n\r\n");
        passes(SECONDS + 1);
        comes("ab");
        passes(SECONDS + 1);
        comes("c");
        passes(SECONDS + 1);
        assertThat(channel.isOpen()).isTrue();
        comes("GET / HTTP/1.1\r\n\r\n");
        passes(SECONDS + 1);
        assertThat(channel.isOpen()).isTrue();
        comes("GET");
        passes(SECONDS + 1);
        assertThat(channel.isOpen()).as("of a later request").isFalse();
    }

    @Test
    void unless_it_is_not_read() {
        comes("GET / HTTP/1.1\r\n\r\n");
        comes("GE");
        channel.config().setAutoRead(false);
        passes(SECONDS + 1);
        assertThat(channel.isOpen())
                .as("the answer to the first is still being made")
                .isTrue();
        channel.config().setAutoRead(true);
        passes(SECONDS + 1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void and_an_address_has_its_number_of_connections() {
        var limits = new WatchConnection.Limits(Duration.ofSeconds(SECONDS), 1);
        var first = new EmbeddedChannel(new WatchConnection(limits), new HttpRequestDecoder());
        var second = new EmbeddedChannel(new WatchConnection(limits), new HttpRequestDecoder());
        assertThat(first.isOpen()).isTrue();
        assertThat(second.isOpen()).isFalse();
        first.finishAndReleaseAll();
        var third = new EmbeddedChannel(new WatchConnection(limits), new HttpRequestDecoder());
        assertThat(third.isOpen()).isTrue();
        third.finishAndReleaseAll();
    }

    private void comes(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    private void passes(int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }
}
