package dev.trmarena.puzzles.build;

import dev.trmarena.limits.Quote;
import dev.trmarena.puzzles.InputProblem;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.set.CsvRows;
import dev.trmarena.puzzles.set.CsvRows.Row;
import dev.trmarena.puzzles.set.CsvRows.Shape;
import dev.trmarena.puzzles.set.PuzzleKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * {@code train.csv} and {@code test.csv} become a dataset directory, to the byte as the authors' Sudoku and maze builders write
 * it with NumPy seeded just before the train split. Rows are read in passes, never all kept.
 */
public final class BuildCsvDirectory {
    /**
     * What is done to the train split; the test split is taken as it is.
     *
     * @param subsampleSize puzzles drawn from it without replacement; null for all in their order
     * @param augmentations Sudoku: shuffled variants added to each
     * @param turned maze: whether each comes in all eight orientations
     * @param minDifficulty Sudoku, both splits: only ratings from here on; null for all
     * @param seed of NumPy's legacy generator
     */
    public record Recipe(
            @Nullable Integer subsampleSize,
            int augmentations,
            boolean turned,
            @Nullable Integer minDifficulty,
            long seed) {
        public Recipe {
            if (subsampleSize != null && subsampleSize < 1 || augmentations < 0) {
                throw new IllegalArgumentException(
                        "a subsample of " + subsampleSize + ", " + augmentations + " augmentations");
            }
        }
    }

    /** @param examples written, of the train and the test split; 0 where there is no CSV of the split */
    public record ExampleCounts(int trainExamples, int testExamples) {}

    private final PuzzleKind kind;
    private final TrainVariants variants;
    private final Recipe recipe;
    private final NumpyRandom random;
    private final BuildProgress progress;

    /** @param kind {@link PuzzleKind#SUDOKU} or {@link PuzzleKind#MAZE} */
    public BuildCsvDirectory(PuzzleKind kind, Recipe recipe, BuildProgress progress) {
        this.kind = kind;
        this.variants = TrainVariants.of(kind);
        this.recipe = recipe;
        this.random = new NumpyRandom(recipe.seed());
        this.progress = progress;
    }

    /** @throws InputProblem when a CSV is not sound or there is none */
    public ExampleCounts build(Path from, Path out) throws IOException {
        int train = 0;
        int test = 0;
        Path trainCsv = from.resolve("train.csv");
        Path testCsv = from.resolve("test.csv");
        if (!Files.exists(trainCsv) && !Files.exists(testCsv)) {
            throw new InputProblem(
                    String.valueOf(from.getFileName()),
                    null,
                    "there is neither train.csv nor test.csv in it",
                    "Name the folder that holds them.");
        }
        if (Files.exists(trainCsv)) {
            train = split(trainCsv, Files.createDirectories(out.resolve("train")), true);
        }
        if (Files.exists(testCsv)) {
            test = split(testCsv, Files.createDirectories(out.resolve("test")), false);
        }
        Files.writeString(out.resolve("identifiers.json"), "[\"<blank>\"]");
        return new ExampleCounts(train, test);
    }

    private int split(Path csv, Path folder, boolean train) throws IOException {
        int[] kept = {0};
        Shape shape = new CsvRows(csv, kind).read(row -> kept[0] += wanted(csv, row) ? 1 : 0);
        int rows = kept[0];
        if (rows == 0) {
            throw new InputProblem(
                    String.valueOf(csv.getFileName()),
                    null,
                    "no puzzle has a rating of at least " + recipe.minDifficulty(),
                    "Lower --min-difficulty.");
        }
        int each = train ? variants.count(recipe) : 1;
        Integer size = train ? recipe.subsampleSize() : null;
        int[] chosen = size != null && size < rows ? Arrays.copyOf(random.permutation(rows), size) : null;
        int groups = chosen == null ? rows : chosen.length;
        String type = train ? variants.type(recipe) : "u1";
        int examples = Math.multiplyExact(groups, each);
        try (var inputs = new TokenFile(folder.resolve("all__inputs.npy"), type, examples, shape.length());
                var labels = new TokenFile(folder.resolve("all__labels.npy"), type, examples, shape.length())) {
            int[] done = {0};
            Consumer<Row> write = row -> {
                write(row, shape.side(), each, inputs, labels);
                done[0]++;
                String text = done[0] + " of " + groups + " puzzles";
                progress.at("writing " + folder.getFileName(), done[0] / (double) groups, text);
            };
            rows(csv, chosen, write);
        }
        indices(folder, shape, groups, each);
        return examples;
    }

    private boolean wanted(Path csv, Row row) {
        if (recipe.minDifficulty() == null || !variants.rated()) {
            return true;
        }
        try {
            return Integer.parseInt(row.rating().strip()) >= recipe.minDifficulty();
        } catch (NumberFormatException e) {
            throw new InputProblem(
                    String.valueOf(csv.getFileName()),
                    "line " + row.line(),
                    "its rating is '" + Quote.of(row.rating()) + "', not a whole number",
                    "Correct it, or leave --min-difficulty away.");
        }
    }

    /** Hands over the wanted rows: all in their order, or the chosen ones in the order in which they were drawn. */
    private void rows(Path csv, int @Nullable [] chosen, Consumer<Row> action) throws IOException {
        int[] next = {0};
        if (chosen == null) {
            new CsvRows(csv, kind).read(row -> {
                if (wanted(csv, row)) {
                    action.accept(row);
                }
            });
            return;
        }
        Map<Integer, Integer> places = new HashMap<>();
        for (int place = 0; place < chosen.length; place++) {
            places.put(chosen[place], place);
        }
        Row[] drawn = new Row[chosen.length];
        new CsvRows(csv, kind).read(row -> {
            Integer place = wanted(csv, row) ? places.get(next[0]++) : null;
            if (place != null) {
                drawn[place] = row;
            }
        });
        List.of(drawn).forEach(action);
    }

    private void write(Row row, int side, int each, TokenFile inputs, TokenFile labels) {
        inputs.write(row.question());
        labels.write(row.answer());
        for (int number = 1; number < each; number++) {
            UnaryOperator<byte[]> change = variants.change(number, side, random);
            inputs.write(change.apply(row.question()));
            labels.write(change.apply(row.answer()));
        }
    }

    private static void indices(Path folder, Shape shape, int groups, int variants) throws IOException {
        int puzzles = groups * variants;
        int[] puzzleIndices = new int[puzzles + 1];
        Arrays.setAll(puzzleIndices, i -> i);
        int[] groupIndices = new int[groups + 1];
        Arrays.setAll(groupIndices, i -> i * variants);
        Npy.writeInt32(folder.resolve("all__puzzle_identifiers.npy"), new int[puzzles], puzzles);
        Npy.writeInt32(folder.resolve("all__puzzle_indices.npy"), puzzleIndices, puzzles + 1);
        Npy.writeInt32(folder.resolve("all__group_indices.npy"), groupIndices, groups + 1);
        // The authors count groups, not puzzles, in both places.
        new DatasetJson(shape.vocabSize(), shape.length(), 1, groups, 1.0, groups)
                .write(folder.resolve("dataset.json"));
    }
}
