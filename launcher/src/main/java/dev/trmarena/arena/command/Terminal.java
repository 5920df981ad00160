package dev.trmarena.arena.command;

import dev.trmarena.limits.Printable;
import dev.trmarena.limits.ProgressPace;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/** A line that is drawn again and again on a terminal, or now and then as a line of its own where there is none. */
final class Terminal {
    private final PrintStream out;
    private final boolean redraws;
    private final String label;
    private final ProgressPace pace;
    private boolean told;
    private boolean toldWhole;
    private boolean lineOpen;

    Terminal(PrintStream out, String label) {
        // The script knows whether standard error is a terminal; Java 17 does not.
        this(out, label, Boolean.getBoolean("arena.terminal"), System::nanoTime);
    }

    Terminal(PrintStream out, String label, boolean redraws, LongSupplier nanoTime) {
        this.out = out;
        this.label = label;
        this.redraws = redraws;
        this.pace = new ProgressPace(redraws, nanoTime);
    }

    /** @param text behind the bar */
    synchronized void show(double fraction, String text) {
        int percent = (int) Math.floor(100 * Math.max(0, Math.min(1, fraction)));
        // The first on a terminal, and the end of whatever was told.
        boolean outOfTurn = redraws ? !lineOpen || percent == 100 : told && percent == 100 && !toldWhole;
        if (!pace.isDue() && !outOfTurn) {
            return;
        }
        told = true;
        toldWhole = percent == 100;
        if (redraws) {
            int full = percent / 4;
            String line = label + " [" + "█".repeat(full) + "·".repeat(25 - full) + "] "
                    + String.format(Locale.ROOT, "%3d %%", percent) + "  " + text;
            PrintableStream.raw(out, "\r" + Printable.line(line) + "\u001b[K");
            lineOpen = true;
        } else {
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
