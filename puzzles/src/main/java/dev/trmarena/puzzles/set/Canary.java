package dev.trmarena.puzzles.set;

import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.arc.ArcTask;
import dev.trmarena.puzzles.arc.Augmentation;
import dev.trmarena.puzzles.arc.Canvas;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A few dozen demonstrations of an ARC set, spread over its tasks and their augmentations. Training saw them, so a network that is run as
 * it was trained solves them; one with other cycles, rows, weights or numbers does not. Which they are follows from the set alone: two
 * runs ask the same. They stand at the top-left of the canvas, as test inputs do.
 */
public final class Canary {
    /** Examples of the largest one. */
    public static final int MOST = 64;

    private static final long SEED = 19;
    private static final int TASKS_OF_ROWS = 32;
    private static final int ROWS_OF_TASK = 8;

    /** For one example: some repeat others. */
    private static final int DRAWS = 8;

    private final ArcSet set;
    private final List<Example> examples;
    private final List<int[]> rows;

    private record Example(int identifier, int task, int pair) {}

    /** A task and the identifiers of the rows by which a network knows its variants. */
    private record Variants(int task, int[] identifiers) {}

    private Canary(ArcSet set, List<Example> examples, List<int[]> rows) {
        this.set = set;
        this.examples = List.copyOf(examples);
        this.rows = List.copyOf(rows);
    }

    /** Empty where a set has no demonstrations, or none whose identifier is known. */
    public static Optional<Canary> of(PuzzleSet set) {
        return set.match(Canary::drawn, labelled -> Optional.empty());
    }

    private static Optional<Canary> drawn(ArcSet set) {
        var random = new Random(SEED);
        List<Variants> tasks = new ArrayList<>(variants(set));
        Collections.shuffle(tasks, random);
        Set<Example> examples = new LinkedHashSet<>();
        // One of each task in turn. A task may have fewer than are asked of it.
        for (int turn = 0; turn < MOST && examples.size() < MOST; turn++) {
            for (Variants each : tasks) {
                boolean added = examples.size() == MOST;
                for (int draw = 0; draw < DRAWS && !added; draw++) {
                    int identifier = each.identifiers()[random.nextInt(each.identifiers().length)];
                    int pair = random.nextInt(set.demonstrations(each.task()).size());
                    added = examples.add(new Example(identifier, each.task(), pair));
                }
            }
        }
        return examples.isEmpty()
                ? Optional.empty()
                : Optional.of(new Canary(set, List.copyOf(examples), rows(tasks, random)));
    }

    /** Of the tasks that have demonstrations and rows, in the order of the set. */
    private static List<Variants> variants(ArcSet set) {
        List<BitSet> identifiers = new ArrayList<>();
        for (int task = 0; task < set.taskCount(); task++) {
            identifiers.add(new BitSet());
        }
        for (int example = 0; example < set.exampleCount(); example++) {
            Integer task = set.taskOf(example);
            if (task != null) {
                identifiers.get(task).set(set.puzzleIdentifier(example));
            }
        }
        List<Variants> tasks = new ArrayList<>();
        for (int task = 0; task < identifiers.size(); task++) {
            if (!identifiers.get(task).isEmpty() && !set.demonstrations(task).isEmpty()) {
                tasks.add(new Variants(task, identifiers.get(task).stream().toArray()));
            }
        }
        return tasks;
    }

    private static List<int[]> rows(List<Variants> tasks, Random random) {
        return tasks.stream()
                .limit(TASKS_OF_ROWS)
                .map(task -> random.ints(ROWS_OF_TASK, 0, task.identifiers().length)
                        .distinct()
                        .map(i -> task.identifiers()[i])
                        .toArray())
                .toList();
    }

    /** Examples, at most {@link #MOST}. */
    public int size() {
        return examples.size();
    }

    /** L tokens of the input. */
    public int[] input(int example) {
        byte[] tokens = canvas(example, pair(example).input());
        int[] ints = new int[tokens.length];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = tokens[i];
        }
        return ints;
    }

    /** L tokens of the right answer. */
    public byte[] solution(int example) {
        return canvas(example, pair(example).output());
    }

    private byte[] canvas(int example, Grid grid) {
        return Canvas.of(augmentation(example).map(each -> each.apply(grid)).orElse(grid));
    }

    /** Row of the puzzle embedding. */
    public int puzzleIdentifier(int example) {
        return examples.get(example).identifier();
    }

    /** Whether these L tokens are the output of the demonstration, cropped and turned back as a prediction that votes is. */
    public boolean isExact(int example, byte[] tokens) {
        Grid cropped = Canvas.crop(tokens);
        return augmentation(example)
                .map(each -> each.undo(cropped))
                .orElse(cropped)
                .equals(pair(example).output());
    }

    /** Identifiers of some tasks, a few of each: rows of one task are more alike than those of different tasks once they are trained. */
    public List<int[]> rowsOfTasks() {
        return rows.stream().map(int[]::clone).toList();
    }

    private ArcTask.Pair pair(int example) {
        Example asked = examples.get(example);
        return set.demonstrations(asked.task()).get(asked.pair());
    }

    private Optional<Augmentation> augmentation(int example) {
        return Optional.ofNullable(set.augmentationOf(examples.get(example).identifier()));
    }
}
