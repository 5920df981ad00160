package dev.trmarena.puzzles.set;

import dev.trmarena.puzzles.arc.ArcFiles;
import dev.trmarena.puzzles.arc.ArcTask;
import dev.trmarena.puzzles.arc.Augmentation;
import dev.trmarena.puzzles.arc.Canvas;
import dev.trmarena.puzzles.grid.Grid;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.npy.NpyArray;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An open puzzle set: examples to solve, tasks to score. Arrays stay on disk, mapped. Outside ARC each example is a task with
 * one test output.
 */
public final class PuzzleSet {
    private final PuzzleSetManifest manifest;
    private final NpyArray inputs;
    private final NpyArray labels;
    private final NpyArray identifiers;
    private final List<ArcTask> arcTasks;
    private final Map<String, Integer> taskOfName = new HashMap<>();
    private final Map<Integer, Augmentation> augmentations = new HashMap<>();

    private PuzzleSet(PuzzleSetManifest manifest, Function<String, Path> files) throws IOException {
        this.manifest = manifest;
        this.inputs = Npy.open(files.apply(PuzzleSetManifest.INPUTS));
        this.labels = Npy.open(files.apply(PuzzleSetManifest.LABELS));
        this.identifiers = Npy.open(files.apply(PuzzleSetManifest.PUZZLE_IDENTIFIERS));
        this.arcTasks = manifest.kind() == PuzzleKind.ARC
                ? ArcFiles.tasks(files.apply(PuzzleSetManifest.TEST_PUZZLES))
                : List.of();
        if (manifest.kind() == PuzzleKind.ARC) {
            for (int i = 0; i < arcTasks.size(); i++) {
                taskOfName.put(arcTasks.get(i).name(), i);
            }
            var used = new BitSet();
            for (int e = 0; e < exampleCount(); e++) {
                used.set(puzzleIdentifier(e));
            }
            ArcFiles.names(files.apply(PuzzleSetManifest.IDENTIFIERS), used)
                    .forEach((identifier, name) -> augmentations.put(identifier, Augmentation.parse(name)));
        }
    }

    /** @param artifact where the artifact of a digest lies */
    public static PuzzleSet open(PuzzleSetManifest manifest, Function<String, Path> artifact) {
        return ofFiles(manifest, role -> {
            String digest = manifest.artifacts().get(role);
            if (digest == null) {
                throw new IllegalArgumentException("the manifest names no " + role);
            }
            return artifact.apply(digest);
        });
    }

    /** As {@link #open}, with the files by their role instead of their digest. */
    public static PuzzleSet ofFiles(PuzzleSetManifest manifest, Function<String, Path> files) {
        try {
            return new PuzzleSet(manifest, files);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the puzzle set: " + e.getMessage(), e);
        }
    }

    public PuzzleSetManifest manifest() {
        return manifest;
    }

    public int exampleCount() {
        return manifest.exampleCount();
    }

    public int taskCount() {
        return manifest.taskCount();
    }

    /** L tokens. */
    public int[] input(int example) {
        return row(inputs, example);
    }

    /** L tokens; {@link PuzzleSetManifest#ignoreLabel()} marks cells that do not count. */
    public int[] label(int example) {
        return row(labels, example);
    }

    private int[] row(NpyArray array, int example) {
        int[] row = new int[manifest.seqLen()];
        for (int i = 0; i < row.length; i++) {
            row[i] = (int) array.longAt(example * row.length + i);
        }
        return row;
    }

    /** Row of the puzzle embedding. */
    public int puzzleIdentifier(int example) {
        return (int) identifiers.longAt(example);
    }

    /** ARC: where the grid of an example comes from; null for the blank identifier and other unnamed ones. */
    public @Nullable Augmentation augmentation(int example) {
        return augmentations.get(puzzleIdentifier(example));
    }

    /** ARC: the task of an example; null when it is not one of the test tasks, whose predictions do not count. */
    public @Nullable Integer taskOf(int example) {
        if (manifest.kind() != PuzzleKind.ARC) {
            return example;
        }
        Augmentation augmentation = augmentation(example);
        return augmentation == null ? null : taskOfName.get(augmentation.task());
    }

    public String taskName(int task) {
        return manifest.kind() == PuzzleKind.ARC ? arcTasks.get(task).name() : "#" + (task + 1);
    }

    public int outputCount(int task) {
        return manifest.kind() == PuzzleKind.ARC ? arcTasks.get(task).tests().size() : 1;
    }

    public Grid taskInput(int task, int output) {
        return manifest.kind() == PuzzleKind.ARC
                ? arcTasks.get(task).tests().get(output).input()
                : grid(bytes(input(task)));
    }

    public Grid solution(int task, int output) {
        return manifest.kind() == PuzzleKind.ARC
                ? arcTasks.get(task).tests().get(output).output()
                : grid(bytes(label(task)));
    }

    /** ARC: the pairs shown with the task; elsewhere none. */
    public List<ArcTask.Pair> demonstrations(int task) {
        return manifest.kind() == PuzzleKind.ARC ? arcTasks.get(task).demonstrations() : List.of();
    }

    /** The grid that a prediction of these L tokens stands for: ARC cropped and turned back, elsewhere the tokens. */
    public Grid prediction(int example, byte[] tokens) {
        return manifest.kind() == PuzzleKind.ARC ? turnedBack(example, tokens) : grid(tokens);
    }

    /** ARC: the input of an example, turned back, which tells its test output. */
    public Grid originalInput(int example) {
        return turnedBack(example, bytes(input(example)));
    }

    private Grid turnedBack(int example, byte[] tokens) {
        Grid cropped = Canvas.crop(tokens);
        Augmentation augmentation = augmentation(example);
        return augmentation == null ? cropped : augmentation.undo(cropped);
    }

    private Grid grid(byte[] tokens) {
        int side = manifest.side();
        if (side > 0) {
            return new Grid(side, side, tokens);
        }
        // A sequence too long for one row of a grid is folded; 255 is the longest row there is.
        int columns = largestDivisorUpTo(tokens.length, Math.min(tokens.length, 255));
        return new Grid(tokens.length / columns, columns, tokens);
    }

    private static int largestDivisorUpTo(int number, int limit) {
        for (int divisor = limit; divisor > 1; divisor--) {
            if (number % divisor == 0) {
                return divisor;
            }
        }
        return 1;
    }

    private static byte[] bytes(int[] tokens) {
        byte[] bytes = new byte[tokens.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) tokens[i];
        }
        return bytes;
    }
}
