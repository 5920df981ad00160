package dev.trmarena.puzzles.set;

import dev.trmarena.limits.Quote;
import dev.trmarena.puzzles.arc.ArcFiles;
import dev.trmarena.puzzles.arc.Canvas;
import dev.trmarena.puzzles.arc.IdentifierNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the tokens of a puzzle set mean, and all that follows from it: how files of such a set are recognised and read, by which
 * scores it is measured, and what may become of a task. What an open set of the kind does is in {@link PuzzleSet}, how it is
 * scored in {@code score.Scoring}. Manifests write the name of a kind, tables and the API its {@link #key}.
 */
public enum PuzzleKind {
    SUDOKU(Scores.ofExactMatch(CsvCells.SUDOKU.validity())) {
        @Override
        boolean looksLike(int length, int vocab, boolean testPuzzles) {
            int side = PuzzleSetImport.sideOf(length);
            return !testPuzzles && side > 0 && PuzzleSetImport.sideOf(side) > 0 && vocab == side + 2;
        }

        @Override
        Optional<CsvCells> csvCells() {
            return Optional.of(CsvCells.SUDOKU);
        }
    },

    MAZE(Scores.ofExactMatch(CsvCells.MAZE.validity())) {
        @Override
        boolean looksLike(int length, int vocab, boolean testPuzzles) {
            return !testPuzzles && PuzzleSetImport.sideOf(length) > 0 && vocab == CsvCells.MAZE.vocabSize(0);
        }

        @Override
        Optional<CsvCells> csvCells() {
            return Optional.of(CsvCells.MAZE);
        }
    },

    ARC(Scores.OF_ARC) {
        @Override
        public boolean augmented() {
            return true;
        }

        @Override
        boolean looksLike(int length, int vocab, boolean testPuzzles) {
            // HRM's builder writes no test_puzzles.json.
            return testPuzzles || length == Canvas.TOKENS && vocab == Canvas.VOCABULARY;
        }

        @Override
        boolean hasCompactForm() {
            return true;
        }

        @Override
        OptionalInt canvas() {
            return OptionalInt.of(Canvas.TOKENS);
        }

        @Override
        List<String> filesBeside() {
            return List.of(PuzzleSetManifest.IDENTIFIERS, PuzzleSetManifest.TEST_PUZZLES);
        }

        @Override
        int countTasks(int[] identifiers, Function<String, Path> files) throws IOException {
            var used = new BitSet();
            for (int identifier : identifiers) {
                used.set(identifier);
            }
            IdentifierNames.read(files.apply(PuzzleSetManifest.IDENTIFIERS), used);
            return ArcFiles.tasks(files.apply(PuzzleSetManifest.TEST_PUZZLES)).size();
        }

        @Override
        PuzzleSet open(PuzzleSetManifest manifest, Function<String, Path> files) throws IOException {
            return ArcSet.read(manifest, files);
        }
    },

    /** Any other sequence of tokens. */
    SEQUENCE(Scores.ofExactMatch()) {
        @Override
        boolean looksLike(int length, int vocab, boolean testPuzzles) {
            return true;
        }
    };

    /**
     * A constant of the enum itself would not be there yet when its values are made.
     *
     * @param main the one that ranks a board unless it was told another one
     * @param attempts candidates that may be tried, as {@code main} does
     * @param ranking those that a board may rank by
     * @param beside the others that an evaluation ends with
     * @param ofAPart those that can be had for some of the tasks from what is kept of each
     * @param verdicts best first
     */
    private record Scores(
            Metric main,
            int attempts,
            List<Metric> ranking,
            List<Metric> beside,
            List<Metric> ofAPart,
            List<TaskVerdict> verdicts) {
        private static final List<Metric> ARC_METRICS = Stream.concat(
                        Metric.passes().stream(), Stream.of(Metric.ARC_PRIZE, Metric.KAGGLE, Metric.STRICT))
                .toList();

        /** What the authors' trainers log, each example for itself. */
        private static final List<Metric> OF_EXAMPLES =
                List.of(Metric.EXACT_ACCURACY, Metric.ACCURACY, Metric.Q_HALT_ACCURACY);

        static final Scores OF_ARC = new Scores(
                Metric.PASS_2,
                2,
                ARC_METRICS,
                OF_EXAMPLES,
                ARC_METRICS,
                List.of(
                        TaskVerdict.FIRST,
                        TaskVerdict.SECOND,
                        TaskVerdict.LATER,
                        TaskVerdict.PARTLY,
                        TaskVerdict.NEVER));

        static Scores ofExactMatch(Metric... beside) {
            return new Scores(
                    Metric.EXACT_ACCURACY,
                    1,
                    OF_EXAMPLES,
                    List.of(beside),
                    List.of(Metric.EXACT_ACCURACY),
                    List.of(TaskVerdict.RIGHT, TaskVerdict.WRONG));
        }
    }

    private final Scores scores;

    PuzzleKind(Scores scores) {
        this.scores = scores;
    }

    /** Its name in lower case, as tables and the API write it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException when this is the {@link #key} of none */
    public static PuzzleKind named(String key) {
        return find(key)
                .orElseThrow(() -> new IllegalArgumentException("'" + Quote.of(key) + "' is no kind of puzzle"));
    }

    /** Empty when this is the {@link #key} of none. */
    public static Optional<PuzzleKind> find(String key) {
        return Arrays.stream(values()).filter(kind -> kind.key().equals(key)).findFirst();
    }

    /** What a dataset directory holds. @param testPuzzles whether there is a {@code test_puzzles.json} in it */
    static PuzzleKind ofDirectory(int length, int vocab, boolean testPuzzles) {
        return Arrays.stream(values())
                .filter(kind -> kind.looksLike(length, vocab, testPuzzles))
                .findFirst()
                .orElseThrow();
    }

    /** What a CSV holds that begins with this question. */
    static PuzzleKind ofCsv(String question) {
        return question.chars().allMatch(cell -> CsvCells.MAZE.token((char) cell, 0) > 0) ? MAZE : SUDOKU;
    }

    /** The score that a leaderboard ranks by unless it was told another one. */
    public String mainMetric() {
        return scores.main().key();
    }

    /** Candidates that may be tried before a test output counts as not solved, as the main metric does. */
    public int attempts() {
        return scores.attempts();
    }

    /** Candidates that a score of the kind looks at, at most: the largest K of its pass@K. A solution ranked behind counts nowhere. */
    public int candidates() {
        return scores.ranking().stream()
                .flatMapToInt(metric -> metric.candidates().stream())
                .max()
                .orElse(attempts());
    }

    /** The names of all scores that an evaluation on such a set ends with. */
    public List<String> metrics() {
        return Stream.concat(scores.ranking().stream(), scores.beside().stream())
                .map(Metric::key)
                .toList();
    }

    /** Those of them that a board may rank by; the others stand beside. */
    public List<String> rankingMetrics() {
        return scores.ranking().stream().map(Metric::key).toList();
    }

    /** Those of them that follow, for some of the tasks, from what is kept of each test output. */
    public List<String> metricsOfAPart() {
        return scores.ofAPart().stream().map(Metric::key).toList();
    }

    /** Whether examples are augmentations of tasks, which vote: a protocol may then run the first few of them only. */
    public boolean augmented() {
        return false;
    }

    /** Those that a task may get, best first. Which one it is, {@code db.board.ListTasks} says. */
    public List<TaskVerdict> verdicts() {
        return scores.verdicts();
    }

    /** Whether such puzzles come as CSV, too. */
    public boolean hasCsv() {
        return csvCells().isPresent();
    }

    /** How a CSV writes the cells of such a puzzle; empty for kinds that have no CSV. */
    Optional<CsvCells> csvCells() {
        return Optional.empty();
    }

    /** Whether a dataset directory may hold such a set; the first kind that says so is it. */
    abstract boolean looksLike(int length, int vocab, boolean testPuzzles);

    /** Whether the examples may be drawn by a recipe when they are needed, in place of being stored. */
    boolean hasCompactForm() {
        return false;
    }

    /** Tokens of every example, where the kind says how many these are. */
    OptionalInt canvas() {
        return OptionalInt.empty();
    }

    /** Roles of the files that belong to such a set, beside its arrays. */
    List<String> filesBeside() {
        return List.of();
    }

    /**
     * Tasks of a dataset directory, whose files are read for it.
     *
     * @param identifiers of all examples
     * @param files of the roles {@link #filesBeside}
     * @throws dev.trmarena.puzzles.InputProblem when one of them is at fault
     */
    int countTasks(int[] identifiers, Function<String, Path> files) throws IOException {
        return identifiers.length;
    }

    PuzzleSet open(PuzzleSetManifest manifest, Function<String, Path> files) throws IOException {
        return new LabelledSet(manifest, files);
    }
}
