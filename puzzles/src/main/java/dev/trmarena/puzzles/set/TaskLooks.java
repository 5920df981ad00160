package dev.trmarena.puzzles.set;

import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.arc.ArcTask;
import java.util.List;
import java.util.stream.Stream;

/** The {@link TaskLook} of each task of a set, in two bytes: grids of ARC have 30 rows and columns at most, and ten colours. */
final class TaskLooks {
    private static final int COLOURS = 10;

    private final short[] looks;

    TaskLooks(List<ArcTask> tasks) {
        looks = new short[tasks.size()];
        for (int task = 0; task < looks.length; task++) {
            looks[task] = look(tasks.get(task));
        }
    }

    TaskLook of(int task) {
        return new TaskLook(looks[task] >> COLOURS, looks[task] & (1 << COLOURS) - 1);
    }

    long bytes() {
        return 2L * looks.length;
    }

    private static short look(ArcTask task) {
        int side = 0;
        int colours = 0;
        List<Grid> grids = Stream.concat(
                        task.demonstrations().stream().flatMap(pair -> Stream.of(pair.input(), pair.output())),
                        task.tests().stream().map(ArcTask.Pair::input))
                .toList();
        for (Grid grid : grids) {
            side = Math.max(side, Math.max(grid.rows(), grid.columns()));
            for (byte colour : grid.cells()) {
                colours |= 1 << colour;
            }
        }
        return (short) (side << COLOURS | colours & (1 << COLOURS) - 1);
    }
}
