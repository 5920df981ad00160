package dev.trmarena.arena.command;

import dev.trmarena.limits.Printable;
import java.io.PrintStream;
import java.util.Locale;

/** A line that is drawn again and again on a terminal, or now and then as a line of its own where there is none. */
final class Terminal {
    private static final long REDRAW_NANOS = 100_000_000L;
    private static final int STEP_PERCENT = 10;

    private final PrintStream out;
    private final boolean redraws;
    private final String label;
    private long drawnAt;
    private int toldPercent = -STEP_PERCENT;
    private boolean lineOpen;

    Terminal(PrintStream out, String label) {
        this.out = out;
        this.label = label;
        // The script knows whether standard error is a terminal; Java 17 does not.
        this.redraws = Boolean.getBoolean("arena.terminal");
    }

    /** @param text behind the bar */
    synchronized void show(double fraction, String text) {
        int percent = (int) Math.floor(100 * Math.max(0, Math.min(1, fraction)));
        if (redraws) {
            long now = System.nanoTime();
            if (lineOpen && percent < 100 && now - drawnAt < REDRAW_NANOS) {
                return;
            }
            drawnAt = now;
            int full = percent / 4;
            String line = label + " [" + "█".repeat(full) + "·".repeat(25 - full) + "] "
                    + String.format(Locale.ROOT, "%3d %%", percent) + "  " + text;
            PrintableStream.raw(out, "\r" + Printable.line(line) + "\u001b[K");
            lineOpen = true;
        } else if (percent >= toldPercent + STEP_PERCENT || percent == 100 && toldPercent != 100) {
            toldPercent = percent;
            out.println(label + String.format(Locale.ROOT, " %3d %%  ", percent) + text);
        }
        out.flush();
    }

    /** The bar is over; what comes next begins on a new line. */
    synchronized void done() {
        if (lineOpen) {
            out.println();
            lineOpen = false;
        }
    }
}
