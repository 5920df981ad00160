package dev.trmarena.arena.command;

import dev.trmarena.puzzles.build.BuildProgress;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** A bar for each stage of a build. */
final class BuildBar implements BuildProgress {
    private final PrintStream out;
    private final boolean shown;
    private String stage = "";
    private @Nullable Terminal bar;

    BuildBar(PrintStream out, boolean shown) {
        this.out = out;
        this.shown = shown;
    }

    @Override
    public void at(String newStage, double fraction, String text) {
        if (!shown) {
            return;
        }
        if (bar == null || !newStage.equals(stage)) {
            done();
            stage = newStage;
            bar = new Terminal(out, newStage);
        }
        bar.show(fraction, text);
    }

    void done() {
        if (bar != null) {
            bar.done();
        }
    }
}
