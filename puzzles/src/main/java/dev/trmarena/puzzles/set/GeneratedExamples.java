package dev.trmarena.puzzles.set;

import dev.trmarena.limits.Quote;
import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.arc.ArcTask;
import dev.trmarena.puzzles.arc.Augmentation;
import dev.trmarena.puzzles.arc.Canvas;
import dev.trmarena.puzzles.arc.IdentifierNames;
import dev.trmarena.puzzles.npy.NpyArray;
import java.util.Arrays;
import java.util.Map;

/**
 * The examples of a compact ARC set, each drawn when it is asked for: every augmented test task in order, with its test inputs
 * in order, at the top-left of the canvas. These are exactly the arrays that the authors' builder writes for the test split.
 */
final class GeneratedExamples implements Examples {
    /** Of each puzzle: its identifier, and the first of its examples; one entry more at the end. */
    private final int[] identifiers;

    private final int[] begins;
    private final IdentifierNames names;
    private final Map<String, ArcTask> tasks;

    /**
     * @param puzzles identifiers of the augmented test tasks
     * @param names of all these identifiers
     * @param tasks by name
     * @throws IllegalArgumentException when an identifier has no name, or a name no task
     */
    GeneratedExamples(NpyArray puzzles, IdentifierNames names, Map<String, ArcTask> tasks) {
        this.identifiers = new int[(int) puzzles.count()];
        this.begins = new int[identifiers.length + 1];
        this.names = names;
        this.tasks = tasks;
        for (int p = 0; p < identifiers.length; p++) {
            identifiers[p] = (int) puzzles.longAt(p);
            String name = names.task(identifiers[p]);
            ArcTask task = name == null ? null : tasks.get(name);
            if (task == null) {
                throw new IllegalArgumentException("puzzle " + p + " has identifier " + identifiers[p] + ", "
                        + (name == null
                                ? "which has no name"
                                : "a variant of '" + Quote.of(name) + "', which is no test task"));
            }
            begins[p + 1] = Math.addExact(begins[p], task.tests().size());
        }
    }

    @Override
    public int count() {
        return begins[identifiers.length];
    }

    @Override
    public long bytes() {
        return (long) Integer.BYTES * (identifiers.length + begins.length);
    }

    @Override
    public byte[] input(int example) {
        int puzzle = puzzle(example);
        return canvas(puzzle, pair(puzzle, example).input());
    }

    @Override
    public byte[] label(int example) {
        int puzzle = puzzle(example);
        return canvas(puzzle, pair(puzzle, example).output());
    }

    @Override
    public boolean isLabelled() {
        return true;
    }

    @Override
    public int identifier(int example) {
        return identifiers[puzzle(example)];
    }

    private int puzzle(int example) {
        if (example < 0 || example >= count()) {
            throw new IndexOutOfBoundsException("example " + example + " of " + count());
        }
        int found = Arrays.binarySearch(begins, example);
        return found >= 0 ? found : -found - 2;
    }

    private ArcTask.Pair pair(int puzzle, int example) {
        ArcTask task = tasks.get(names.task(identifiers[puzzle]));
        if (task == null) {
            throw new IllegalStateException("puzzle " + puzzle + " has lost its task");
        }
        return task.tests().get(example - begins[puzzle]);
    }

    private byte[] canvas(int puzzle, Grid grid) {
        Augmentation augmentation = names.augmentation(identifiers[puzzle]);
        return Canvas.of(augmentation == null ? grid : augmentation.apply(grid));
    }
}
