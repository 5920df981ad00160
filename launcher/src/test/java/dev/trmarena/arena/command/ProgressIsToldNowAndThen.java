package dev.trmarena.arena.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Uploads, builds and evaluations on the command line: how often they say how far they are. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProgressIsToldNowAndThen {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final AtomicLong now = new AtomicLong(77);

    @Test
    void a_short_upload_writes_no_line_where_there_is_no_terminal() {
        Terminal bar = bar(false);
        int size = 114_000;
        for (int sent = 0; sent <= size; sent += 1000) {
            after(Duration.ofMillis(10), bar, sent, size);
        }
        bar.done();
        assertThat(bytes.toString(UTF_8)).isEmpty();
    }

    @Test
    void a_long_one_writes_a_line_every_ten_seconds_and_its_end() {
        Terminal bar = bar(false);
        for (int second = 0; second <= 35; second++) {
            after(Duration.ofSeconds(1), bar, second, 35);
        }
        bar.show(1, "again");
        bar.done();
        assertThat(bytes.toString(UTF_8).lines())
                .containsExactly(
                        "uploading a  25 %  9",
                        "uploading a  54 %  19", "uploading a  82 %  29", "uploading a 100 %  35");
    }

    @Test
    void a_terminal_shows_the_first_and_the_last_and_ten_a_second_between() {
        Terminal bar = bar(true);
        for (int millis = 0; millis <= 1000; millis += 10) {
            after(Duration.ofMillis(10), bar, millis, 1000);
        }
        bar.done();
        // The first comes at once, the last whenever it comes.
        assertThat(bytes.toString(UTF_8).split("\r")).hasSize(1 + 1 + 10 + 1);
        assertThat(bytes.toString(UTF_8)).contains("100 %  1000").endsWith("\n");
    }

    private Terminal bar(boolean terminal) {
        return new Terminal(new PrintStream(bytes, true, UTF_8), "uploading a", terminal, now::get);
    }

    private void after(Duration time, Terminal bar, int done, int of) {
        now.addAndGet(time.toNanos());
        bar.show((double) done / of, String.valueOf(done));
    }
}
