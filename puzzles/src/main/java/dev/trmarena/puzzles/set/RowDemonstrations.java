package dev.trmarena.puzzles.set;

import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.arc.ArcTask;
import dev.trmarena.puzzles.arc.Augmentation;
import dev.trmarena.puzzles.arc.Canvas;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What the row of one identifier is trained on: the demonstrations of its task under its augmentation, nothing else of the set. They stand
 * where those of the authors' train split stand: one of them at the top-left of its canvas, each other one, input and output alike, at a
 * place of its own. All that is random of them follows from a seed and the identifier. See {@code docs/adaptation.md}.
 */
public final class RowDemonstrations {
    private static final byte[] COLOURS = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};

    private final List<int[]> inputs = new ArrayList<>();
    private final List<int[]> labels = new ArrayList<>();
    private final SplittableRandom random;
    private final List<Integer> next = new ArrayList<>();

    private RowDemonstrations(SplittableRandom random) {
        this.random = random;
    }

    /** @throws IllegalArgumentException for a set of a kind that has no demonstrations */
    public static RowDemonstrations of(PuzzleSet set, int example, int seed) {
        return set.match(arc -> drawn(arc, example, seed), labelled -> {
            throw new IllegalArgumentException("a " + labelled.manifest().kind().key() + " set has no demonstrations");
        });
    }

    /** How many rows of such a set have demonstrations at all, of the tasks that count. */
    public static boolean any(PuzzleSet set) {
        return set.match(
                arc -> {
                    for (int task = 0; task < arc.taskCount(); task++) {
                        if (!arc.demonstrations(task).isEmpty()) {
                            return true;
                        }
                    }
                    return false;
                },
                labelled -> false);
    }

    private static RowDemonstrations drawn(ArcSet set, int example, int seed) {
        int identifier = set.puzzleIdentifier(example);
        var drawn = new RowDemonstrations(new SplittableRandom(((long) seed << Integer.SIZE) + identifier));
        Integer task = set.taskOf(example);
        List<ArcTask.Pair> pairs = task == null ? List.of() : set.demonstrations(task);
        Augmentation augmentation = set.augmentationOf(identifier);
        int unmoved = pairs.isEmpty() ? 0 : drawn.random.nextInt(pairs.size());
        for (int pair = 0; pair < pairs.size(); pair++) {
            Grid input = augmented(augmentation, pairs.get(pair).input());
            Grid output = augmented(augmentation, pairs.get(pair).output());
            int top = 0;
            int left = 0;
            if (pair != unmoved) {
                top = drawn.random.nextInt(Canvas.SIDE - Math.max(input.rows(), output.rows()) + 1);
                left = drawn.random.nextInt(Canvas.SIDE - Math.max(input.columns(), output.columns()) + 1);
            }
            drawn.inputs.add(canvas(input, top, left));
            drawn.labels.add(canvas(output, top, left));
        }
        return drawn;
    }

    private static Grid augmented(@Nullable Augmentation augmentation, Grid grid) {
        return augmentation == null ? grid : augmentation.apply(grid);
    }

    private static int[] canvas(Grid grid, int top, int left) {
        byte[] tokens = new byte[Canvas.TOKENS];
        Canvas.place(grid, Canvas.tokensOf(COLOURS), top, left, tokens, 0);
        int[] ints = new int[tokens.length];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = tokens[i];
        }
        return ints;
    }

    /** Pairs. None where a task has no demonstrations, or the identifier no task: such a row stays as it begins. */
    public int size() {
        return inputs.size();
    }

    /** The pair that is next: each once in random order, then each once in another one, and so on. */
    public int next() {
        if (next.isEmpty()) {
            for (int pair = 0; pair < size(); pair++) {
                next.add(pair == 0 ? 0 : random.nextInt(pair + 1), pair);
            }
        }
        return next.remove(next.size() - 1);
    }

    /** L tokens. */
    public int[] input(int pair) {
        return inputs.get(pair).clone();
    }

    /** L tokens; 0, the padding, does not count. */
    public int[] label(int pair) {
        return labels.get(pair).clone();
    }

    /** The stream that goes on after the order of the pairs: for whatever else of a row is random. */
    public SplittableRandom random() {
        return random;
    }
}
