package dev.trmarena.ingest.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** By a clock that a sender moves: so many bytes, so much later. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ABodyKeepsPace {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

    @Test
    void a_byte_every_ten_seconds_is_no_upload() {
        assertThatThrownBy(() -> bytesOf(sender(1, Duration.ofSeconds(10)), 100))
                .isInstanceOf(PacedStream.TooSlow.class)
                .hasMessageContaining("less than 1000 bytes a second");
    }

    @Test
    void what_comes_at_the_least_rate_comes_in() throws IOException {
        assertThat(bytesOf(sender(1000, Duration.ofSeconds(1)), 100_000)).isEqualTo(100_000);
    }

    @Test
    void a_pause_is_forgiven() throws IOException {
        InputStream body = sender(1000, Duration.ofSeconds(19));
        assertThat(bytesOf(body, 1000)).isEqualTo(1000);
    }

    @Test
    void the_time_of_writing_is_not_the_senders() throws IOException {
        InputStream body = sender(1, Duration.ZERO);
        for (int read = 0; read < 100; read++) {
            assertThat(body.read()).isZero();
            now.addAndGet(Duration.ofSeconds(30).toNanos());
        }
    }

    @Test
    void one_request_ends() {
        assertThatThrownBy(() -> bytesOf(sender(100_000, Duration.ofSeconds(60)), 10_000_000))
                .isInstanceOf(PacedStream.TooSlow.class)
                .hasMessageContaining("PT1H");
    }

    /** As much at once as the sender sends. */
    private static int bytesOf(InputStream body, int bytes) throws IOException {
        byte[] buffer = new byte[1 << 20];
        int read = 0;
        while (read < bytes) {
            read += body.read(buffer, 0, buffer.length);
        }
        return read;
    }

    /** Sends so many bytes, each time after a pause. */
    private PacedStream sender(int bytes, Duration pause) {
        InputStream slow = new InputStream() {
            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                now.addAndGet(pause.toNanos());
                return Math.min(bytes, length);
            }
        };
        return new PacedStream(slow, 1000, Duration.ofSeconds(20), Duration.ofHours(1), now::get);
    }
}
