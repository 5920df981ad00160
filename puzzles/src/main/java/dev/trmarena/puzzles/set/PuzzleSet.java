package dev.trmarena.puzzles.set;

import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.arc.ArcTask;
import dev.trmarena.puzzles.arc.Submission;
import dev.trmarena.puzzles.arc.TaskHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An open puzzle set: examples to solve, tasks to score, whichever form it is kept in. Arrays stay on disk, mapped; the
 * examples of a compact set are drawn on demand. Safe for threads.
 */
public abstract sealed class PuzzleSet permits ArcSet, LabelledSet {
    private static final int FEW = 2000;

    private final PuzzleSetManifest manifest;
    private final Examples examples;

    PuzzleSet(PuzzleSetManifest manifest, Examples examples) {
        this.manifest = manifest;
        this.examples = examples;
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
            return manifest.kind().open(manifest, files);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the puzzle set: " + e.getMessage(), e);
        }
    }

    /** For what is done one way for one kind of set and another way for the other: whoever adds a third is told where. */
    public abstract <T> T match(
            Function<? super ArcSet, ? extends T> arc, Function<? super LabelledSet, ? extends T> labelled);

    public PuzzleSetManifest manifest() {
        return manifest;
    }

    public int exampleCount() {
        return manifest.exampleCount();
    }

    public int taskCount() {
        return manifest.taskCount();
    }

    /** Bytes of memory that it takes while it is open, about; what is mapped does not count. */
    public long bytes() {
        return FEW + examples.bytes();
    }

    /** L tokens. */
    public int[] input(int example) {
        return ints(inputTokens(example));
    }

    /** L tokens; {@link PuzzleSetManifest#ignoreLabel()} marks cells that do not count. */
    public int[] label(int example) {
        return ints(labelTokens(example));
    }

    final boolean isLabelled() {
        return examples.isLabelled();
    }

    final byte[] inputTokens(int example) {
        return examples.input(example);
    }

    final byte[] labelTokens(int example) {
        return examples.label(example);
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

    /**
     * 0 when the example shows its task as it is, n when it shows the n-th of its augmentations, in the order of the
     * identifiers.
     */
    public abstract int augmentationOrdinal(int example);

    /** The task of an example; null when it is not one of the test tasks, whose predictions do not count. */
    public abstract @Nullable Integer taskOf(int example);

    public abstract String taskName(int task);

    /** What a task is called in an address: its name where tasks have names, else its number from 1. */
    public abstract String taskId(int task);

    /** The task of a {@link #taskId}; none where nothing is called so. */
    public abstract OptionalInt taskOfId(String id);

    /** Equal for tasks that are the same whatever their name and set: {@link TaskHash} for ARC, else the input's digest. */
    public abstract String contentHash(int task);

    public abstract int outputCount(int task);

    public abstract Grid taskInput(int task, int output);

    public abstract Grid solution(int task, int output);

    /** What a cell of a {@link #solution} is where it does not count; null when all count. */
    public abstract @Nullable Integer ignoredCell();

    /** The pairs shown with the task; of most kinds none. */
    public abstract List<ArcTask.Pair> demonstrations(int task);

    /** The grid that a prediction of these L tokens stands for: ARC cropped and turned back, elsewhere the tokens. */
    public abstract Grid prediction(int example, byte[] tokens);

    /**
     * The labels of an example whose answer is another grid than its tokens: what these said is known only before they are cropped and
     * turned back. None where the grid of a prediction are its tokens, and where no labels are known.
     */
    public abstract Optional<int[]> labelBeforeVoting(int example);

    /** As {@link #prediction}, with cells that do not count as in the solution: equal when they score equally. */
    public abstract Grid comparable(int example, byte[] tokens);

    /** Examples that show a test output's input as it is, none of its augmentations: one, unless the set has it twice. */
    public abstract List<Integer> shownAsItIs(int task, int output);

    /** What an example shows of its task, where examples are augmentations of tasks; elsewhere it is the task. */
    public abstract Optional<AugmentedExample> augmented(int example);

    /** An empty submission for this set; none where there is nobody to hand one in to. @param asAuthors see {@link Submission} */
    public abstract Optional<Submission> submission(boolean asAuthors);

    /** L, where what is kept of a prediction are its tokens; none where it is a grid of its own size. */
    public abstract OptionalInt tokensOfPrediction();
}
