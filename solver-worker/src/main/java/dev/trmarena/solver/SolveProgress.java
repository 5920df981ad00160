package dev.trmarena.solver;

import dev.trmarena.limits.ProgressPace;
import dev.trmarena.solver.solve.LocalSolve;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How far a run is, how fast, and how long it will take: one line that is written over on a terminal, else a line now and then. */
final class SolveProgress implements LocalSolve.Progress {
    private final PrintStream out;
    private final boolean terminal;
    private final LongSupplier nanoTime;
    private @Nullable ProgressPace pace;
    private int before;
    private long start;

    /** @param nanoTime a clock, as {@link System#nanoTime()} */
    SolveProgress(PrintStream out, boolean terminal, LongSupplier nanoTime) {
        this.out = out;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
    }

    @Override
    public void solved(int examples, int of) {
        if (pace == null) {
            pace = new ProgressPace(terminal, nanoTime);
            before = examples;
            start = nanoTime.getAsLong();
            if (before > 0) {
                out.println(before + " of " + of + " examples were solved before");
            }
            return;
        }
        boolean last = examples == of;
        if (pace.isDue() || last) {
            String line = line(examples, of, (nanoTime.getAsLong() - start) / 1e9);
            // Spaces wipe out what a longer line left.
            out.print(terminal ? String.format(Locale.ROOT, "\r%-60s%s", line, last ? "\n" : "") : line + "\n");
            out.flush();
        }
    }

    private String line(int examples, int of, double seconds) {
        double rate = seconds > 0 ? (examples - before) / seconds : 0;
        String speed = String.format(Locale.ROOT, "%d of %d examples, %.1f a second", examples, of, rate);
        return examples == of || rate == 0 ? speed : speed + ", " + time(Math.round((of - examples) / rate)) + " left";
    }

    private static String time(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        long minutes = (seconds + 30) / 60;
        return minutes < 60
                ? minutes + " min"
                : String.format(Locale.ROOT, "%d h %02d min", minutes / 60, minutes % 60);
    }
}
