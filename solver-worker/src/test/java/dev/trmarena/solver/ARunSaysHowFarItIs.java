package dev.trmarena.solver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Progress of {@code ./arena solve}: its rate is that of this run, and the time left follows from it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ARunSaysHowFarItIs {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final AtomicLong now = new AtomicLong(77);

    @Test
    void in_one_line_on_a_terminal() {
        var progress = progress(true);
        progress.solved(0, 1000);
        after(Duration.ofMillis(50), progress, 1, 1000);
        after(Duration.ofMillis(950), progress, 20, 1000);
        after(Duration.ofSeconds(49), progress, 1000, 1000);
        assertThat(parts("\r"))
                .containsExactly(
                        "", "20 of 1000 examples, 20.0 a second, 49 s left", "1000 of 1000 examples, 20.0 a second");
        assertThat(bytes.toString(StandardCharsets.UTF_8)).endsWith("\n");
    }

    @Test
    void in_a_line_every_ten_seconds_elsewhere() {
        var progress = progress(false);
        progress.solved(400, 400_000);
        after(Duration.ofSeconds(9), progress, 490, 400_000);
        after(Duration.ofSeconds(1), progress, 500, 400_000);
        after(Duration.ofSeconds(5), progress, 550, 400_000);
        after(Duration.ofSeconds(5), progress, 399_500, 400_000);
        assertThat(parts("\n"))
                .containsExactly(
                        "400 of 400000 examples were solved before",
                        "500 of 400000 examples, 10.0 a second, 11 h 06 min left",
                        "399500 of 400000 examples, 19955.0 a second, 0 s left");
    }

    private SolveProgress progress(boolean terminal) {
        return new SolveProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal, now::get);
    }

    private void after(Duration time, SolveProgress progress, int examples, int of) {
        now.addAndGet(time.toNanos());
        progress.solved(examples, of);
    }

    private String[] parts(String separator) {
        return Arrays.stream(bytes.toString(StandardCharsets.UTF_8).split(separator))
                .map(String::strip)
                .toArray(String[]::new);
    }
}
