package dev.trmarena.puzzles.set;

import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.arc.ArcTask;
import dev.trmarena.puzzles.arc.Submission;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.commons.codec.binary.Hex;
import org.jspecify.annotations.Nullable;

/**
 * Sudokus, mazes and other sequences: each example is a task of its own, with one test output, and its labels are the solution.
 * There are no augmentations, demonstrations or attempts to hand in.
 */
public final class LabelledSet extends PuzzleSet {
    private static final int LONGEST_ROW = 255;

    /** One way to write each. */
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

    LabelledSet(PuzzleSetManifest manifest, Function<String, Path> files) throws IOException {
        super(manifest, new StoredExamples(manifest.seqLen(), files, true));
    }

    @Override
    public <T> T match(Function<? super ArcSet, ? extends T> arc, Function<? super LabelledSet, ? extends T> labelled) {
        return labelled.apply(this);
    }

    @Override
    public int augmentationOrdinal(int example) {
        return 0;
    }

    @Override
    public Integer taskOf(int example) {
        return example;
    }

    @Override
    public String taskName(int task) {
        return "#" + (task + 1);
    }

    @Override
    public String taskId(int task) {
        return Integer.toString(task + 1);
    }

    @Override
    public OptionalInt taskOfId(String id) {
        int task = NUMBER.matcher(id).matches() ? Integer.parseInt(id) - 1 : -1;
        return task >= 0 && task < taskCount() ? OptionalInt.of(task) : OptionalInt.empty();
    }

    @Override
    public String contentHash(int task) {
        return Hex.encodeHexString(taskInput(task, 0).digest());
    }

    @Override
    public int outputCount(int task) {
        return 1;
    }

    @Override
    public Grid taskInput(int task, int output) {
        return grid(inputTokens(task));
    }

    @Override
    public Grid solution(int task, int output) {
        return grid(labelTokens(task));
    }

    @Override
    public @Nullable Integer ignoredCell() {
        return manifest().ignoreLabel();
    }

    @Override
    public List<ArcTask.Pair> demonstrations(int task) {
        return List.of();
    }

    @Override
    public Grid prediction(int example, byte[] tokens) {
        return grid(tokens);
    }

    @Override
    public Optional<int[]> labelBeforeVoting(int example) {
        return Optional.empty();
    }

    @Override
    public Grid comparable(int example, byte[] tokens) {
        Integer ignore = ignoredCell();
        byte[] counted = tokens.clone();
        if (ignore != null) {
            byte[] labels = labelTokens(example);
            for (int i = 0; i < counted.length; i++) {
                counted[i] = (labels[i] & 0xff) == ignore ? labels[i] : counted[i];
            }
        }
        return grid(counted);
    }

    @Override
    public List<Integer> shownAsItIs(int task, int output) {
        return List.of(task);
    }

    @Override
    public Optional<AugmentedExample> augmented(int example) {
        return Optional.empty();
    }

    @Override
    public Optional<Submission> submission(boolean asAuthors) {
        return Optional.empty();
    }

    @Override
    public OptionalInt tokensOfPrediction() {
        return OptionalInt.of(manifest().seqLen());
    }

    /** The score that counts answers which are {@link #isValid}; empty where no rules of such puzzles are known here. */
    public Optional<Metric> validity() {
        return manifest().side() > 0 ? manifest().kind().csvCells().map(CsvCells::validity) : Optional.empty();
    }

    /**
     * Whether an answer keeps the rules of the puzzle, be it the labels or another one: {@code docs/scoring.md}, section 5.
     *
     * @param tokens L of them
     */
    public boolean isValid(int example, byte[] tokens) {
        CsvCells cells = manifest().kind().csvCells().orElseThrow();
        return cells.isValid(
                inputTokens(example), tokens, labelTokens(example), manifest().side());
    }

    /**
     * The tokens of an answer that is written as a CSV of such puzzles writes it, a character a cell.
     *
     * @return empty when it is not one: by its length, by a character that is no cell, or because such puzzles are not written so
     */
    public Optional<byte[]> tokensOf(String answer) {
        CsvCells cells = manifest().kind().csvCells().orElse(null);
        byte[] tokens = new byte[manifest().seqLen()];
        if (cells == null || answer.length() != tokens.length) {
            return Optional.empty();
        }
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = (byte) cells.token(answer.charAt(i), manifest().side());
            if (tokens[i] == 0) {
                return Optional.empty();
            }
        }
        return Optional.of(tokens);
    }

    private Grid grid(byte[] tokens) {
        int side = manifest().side();
        if (side > 0) {
            return new Grid(side, side, tokens);
        }
        // A sequence too long for one row of a grid is folded.
        int columns = largestDivisorUpTo(tokens.length, Math.min(tokens.length, LONGEST_ROW));
        return new Grid(tokens.length / columns, columns, tokens);
    }

    /** Whether examples of so many tokens can be shown as grids. */
    static boolean isShown(int length) {
        return length / largestDivisorUpTo(length, Math.min(length, LONGEST_ROW)) <= LONGEST_ROW;
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
