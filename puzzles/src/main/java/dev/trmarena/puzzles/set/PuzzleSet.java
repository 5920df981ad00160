package dev.trmarena.puzzles.set;

import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.arc.ArcFiles;
import dev.trmarena.puzzles.arc.ArcTask;
import dev.trmarena.puzzles.arc.Augmentation;
import dev.trmarena.puzzles.arc.Canvas;
import dev.trmarena.puzzles.arc.IdentifierNames;
import dev.trmarena.puzzles.arc.TaskHash;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.codec.binary.Hex;
import org.jspecify.annotations.Nullable;

/**
 * An open puzzle set: examples to solve, tasks to score, whichever form it is kept in. Arrays stay on disk, mapped; the
 * examples of a compact set are drawn on demand. Outside ARC each example is a task with one test output. Safe for threads.
 */
public final class PuzzleSet {
    private final PuzzleSetManifest manifest;
    private final Examples examples;
    private final List<ArcTask> arcTasks;
    private final Map<String, Integer> taskOfName = new HashMap<>();
    private final @Nullable IdentifierNames names;

    private PuzzleSet(PuzzleSetManifest manifest, Function<String, Path> files) throws IOException {
        this.manifest = manifest;
        if (manifest.kind() != PuzzleKind.ARC) {
            this.examples = new StoredExamples(manifest.seqLen(), files);
            this.arcTasks = List.of();
            this.names = null;
            return;
        }
        this.arcTasks = ArcFiles.tasks(files.apply(PuzzleSetManifest.TEST_PUZZLES));
        for (int i = 0; i < arcTasks.size(); i++) {
            taskOfName.put(arcTasks.get(i).name(), i);
        }
        boolean compact = manifest.recipe() != null;
        NpyArray identifiers =
                Npy.open(files.apply(compact ? PuzzleSetManifest.PUZZLES : PuzzleSetManifest.PUZZLE_IDENTIFIERS));
        this.names = IdentifierNames.read(files.apply(PuzzleSetManifest.IDENTIFIERS), used(identifiers));
        this.examples = compact
                ? new GeneratedExamples(
                        identifiers,
                        names,
                        arcTasks.stream().collect(Collectors.toMap(ArcTask::name, Function.identity())))
                : new StoredExamples(manifest.seqLen(), files);
        if (examples.count() != manifest.exampleCount()) {
            throw new IllegalArgumentException(
                    "there are " + examples.count() + " examples, the manifest says " + manifest.exampleCount());
        }
    }

    private static BitSet used(NpyArray identifiers) {
        var used = new BitSet();
        int count = (int) identifiers.count();
        for (int i = 0; i < count; i++) {
            long identifier = identifiers.longAt(i);
            if (identifier < 0 || identifier > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("identifier " + i + " is " + identifier);
            }
            used.set((int) identifier);
        }
        return used;
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
        return ints(examples.input(example));
    }

    /** L tokens; {@link PuzzleSetManifest#ignoreLabel()} marks cells that do not count. */
    public int[] label(int example) {
        return ints(examples.label(example));
    }

    private static int[] ints(byte[] tokens) {
        int[] ints = new int[tokens.length];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = tokens[i] & 0xff;
        }
        return ints;
    }

    /** Row of the puzzle embedding. */
    public int puzzleIdentifier(int example) {
        return examples.identifier(example);
    }

    /** ARC: where the grid of an example comes from; null for the blank identifier and other unnamed ones. */
    public @Nullable Augmentation augmentation(int example) {
        return names == null ? null : names.augmentation(puzzleIdentifier(example));
    }

    /**
     * ARC: 0 when the example shows its task as it is, n when it shows the n-th of its augmentations, in the order of the
     * identifiers. Elsewhere 0.
     */
    public int augmentationOrdinal(int example) {
        return names == null ? 0 : names.ordinal(puzzleIdentifier(example));
    }

    /** ARC: the task of an example; null when it is not one of the test tasks, whose predictions do not count. */
    public @Nullable Integer taskOf(int example) {
        if (manifest.kind() != PuzzleKind.ARC) {
            return example;
        }
        String name = names == null ? null : names.task(puzzleIdentifier(example));
        return name == null ? null : taskOfName.get(name);
    }

    public String taskName(int task) {
        return manifest.kind() == PuzzleKind.ARC ? arcTasks.get(task).name() : "#" + (task + 1);
    }

    /** Equal for tasks that are the same whatever their name and set: {@link TaskHash} for ARC, else the input's digest. */
    public String contentHash(int task) {
        return manifest.kind() == PuzzleKind.ARC
                ? TaskHash.of(arcTasks.get(task))
                : Hex.encodeHexString(taskInput(task, 0).digest());
    }

    public int outputCount(int task) {
        return manifest.kind() == PuzzleKind.ARC ? arcTasks.get(task).tests().size() : 1;
    }

    public Grid taskInput(int task, int output) {
        return manifest.kind() == PuzzleKind.ARC
                ? arcTasks.get(task).tests().get(output).input()
                : grid(examples.input(task));
    }

    public Grid solution(int task, int output) {
        return manifest.kind() == PuzzleKind.ARC
                ? arcTasks.get(task).tests().get(output).output()
                : grid(examples.label(task));
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
        return turnedBack(example, examples.input(example));
    }

    /** Examples that show a test output's input as it is, none of its augmentations: one, unless the set has it twice. */
    public List<Integer> shownAsItIs(int task, int output) {
        if (manifest.kind() != PuzzleKind.ARC) {
            return List.of(task);
        }
        Grid input = taskInput(task, output);
        return IntStream.range(0, exampleCount())
                .filter(example -> Integer.valueOf(task).equals(taskOf(example))
                        && augmentationOrdinal(example) == 0
                        && originalInput(example).equals(input))
                .boxed()
                .toList();
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
}
