package dev.trmarena.puzzles.arc;

import dev.trmarena.puzzles.Grid;
import java.util.List;
import java.util.stream.Stream;

/** A task of ARC: demonstrations, and test inputs with their solutions. */
public record ArcTask(String name, List<Pair> demonstrations, List<Pair> tests) {
    public ArcTask {
        demonstrations = List.copyOf(demonstrations);
        tests = List.copyOf(tests);
    }

    /** Bytes of memory that it takes, about. */
    public long bytes() {
        return 200
                + name.length()
                + Stream.concat(demonstrations.stream(), tests.stream())
                        .mapToLong(pair -> bytes(pair.input()) + bytes(pair.output()))
                        .sum();
    }

    private static long bytes(Grid grid) {
        return 80 + (long) grid.rows() * grid.columns();
    }

    public record Pair(Grid input, Grid output) {}
}
