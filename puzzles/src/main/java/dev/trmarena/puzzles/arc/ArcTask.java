package dev.trmarena.puzzles.arc;

import dev.trmarena.puzzles.Grid;
import java.util.List;

/** A task of ARC: demonstrations, and test inputs with their solutions. */
public record ArcTask(String name, List<Pair> demonstrations, List<Pair> tests) {
    public ArcTask {
        demonstrations = List.copyOf(demonstrations);
        tests = List.copyOf(tests);
    }

    public record Pair(Grid input, Grid output) {}
}
