package dev.trmarena.arena.up;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** The launcher's lines, one at a time however many threads have something to say. */
public final class Progress {
    private final PrintStream out;

    public Progress(PrintStream out) {
        this.out = out;
    }

    public synchronized void say(String line) {
        out.println(line);
        out.flush();
    }

    /** {@code kafka … ok 3.4 s}. */
    void ok(String name, long startedNanos) {
        say(String.format(Locale.ROOT, "  %-16s … ok %5.1f s", name, seconds(startedNanos)));
    }

    static double seconds(long startedNanos) {
        return Duration.ofNanos(System.nanoTime() - startedNanos).toMillis() / 1000.0;
    }
}
