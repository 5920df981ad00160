package dev.trmarena.arena.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.arena.client.ArenaApi.Answer;
import dev.trmarena.arena.client.ImportPuzzles;
import dev.trmarena.puzzles.arc.ArcRecipe;
import dev.trmarena.puzzles.build.ArcSource;
import dev.trmarena.puzzles.build.BuildCsvDirectory;
import dev.trmarena.puzzles.set.PuzzleKind;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code arena puzzles build}. */
@Command(
        name = "build",
        sortOptions = false,
        description = "Builds a puzzle set from raw puzzles, as the models' authors' dataset scripts do, to the byte.",
        footer = {
            "",
            "The published recipes, from a folder with arc-agi_<subset>_challenges.json and _solutions.json:",
            "  ARC-AGI-1  --subsets training,evaluation,concept --test-set evaluation",
            "  ARC-AGI-2  --subsets training2,evaluation2,concept --test-set evaluation2",
            "A subset may also be a folder of one-task JSON files below DIR (a zip will do), or NAME=FOLDER.",
            "Sudoku and maze: DIR holds train.csv and test.csv; the published Sudoku training set is",
            "  --kind sudoku --subsample-size 1000 --num-aug 1000"
        })
public final class BuildCommand implements Callable<Integer> {
    /** In the answer: the tasks that got fewer augmentations than wanted, and how many. */
    static final String FEWER = "fewerAugmentations";

    private static final String PUZZLE_SET = "puzzleSet";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(names = "--from", required = true, paramLabel = "DIR", description = "Where the raw puzzles are.")
    Path from;

    @ArgGroup(multiplicity = "1")
    Destination destination = new Destination();

    /** One of both. */
    static final class Destination {
        @Option(names = "--out", paramLabel = "DIR", description = "Write it there; a new or an empty folder.")
        @Nullable
        Path out;

        @Option(
                names = "--name",
                paramLabel = "NAME",
                description = "Import it into a running platform, under this name.")
        @Nullable
        String name;
    }

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            defaultValue = "arc",
            description = "arc, sudoku or maze (default: ${DEFAULT-VALUE}).")
    String kind;

    @Mixin
    RecipeOptions recipe;

    @Option(
            names = "--prefix",
            paramLabel = "TEXT",
            defaultValue = "arc-agi",
            description = "ARC: how the names of the files begin (default: ${DEFAULT-VALUE}).")
    String prefix;

    @Option(
            names = "--allow-missing-solutions",
            description = "ARC: test outputs may be unknown; the set then makes submissions but no scores.")
    boolean allowMissingSolutions;

    @Option(
            names = "--compact",
            description = "ARC: write tasks, identifiers and recipe only; test examples are drawn when needed.")
    boolean compact;

    @Option(names = "--subsample-size", paramLabel = "N", description = "Sudoku, maze: puzzles drawn for training.")
    @Nullable
    Integer subsampleSize;

    @Option(
            names = "--num-aug",
            paramLabel = "N",
            defaultValue = "0",
            description = "Sudoku: shuffled variants of each training puzzle.")
    int numAug;

    @Option(names = "--min-difficulty", paramLabel = "N", description = "Sudoku: the lowest rating that is taken.")
    @Nullable
    Integer minDifficulty;

    @Option(names = "--aug", description = "Maze: all eight orientations of each training puzzle.")
    boolean aug;

    @Mixin
    Connection connection;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (destination.name == null) {
            Path out = emptyFolder(Objects.requireNonNull(destination.out, "one of both"));
            ObjectNode built = build(out, compact);
            built.put("out", out.toString());
            connection.print(new Answer<>(built.toString(), built), BuildCommand::write);
            return 0;
        }
        try (var scratch = new ScratchFolder("arena-build")) {
            ObjectNode built = build(scratch.path(), true);
            var imported = new ImportPuzzles(connection.client(), connection.uploads())
                    .named(destination.name, scratch.path(), kind.equals(PuzzleKind.ARC.key()) ? null : kind);
            built.set(PUZZLE_SET, JSON.readTree(imported.json()));
            connection.print(new Answer<>(built.toString(), built), BuildCommand::write);
            return 0;
        }
    }

    private ObjectNode build(Path out, boolean compactForm) throws IOException {
        var progress = new BuildBar(System.err, !connection.result.json);
        try {
            if (kind.equals(PuzzleKind.ARC.key())) {
                return arc(out, compactForm, progress);
            }
            PuzzleKind ofCsv = PuzzleKind.find(kind)
                    .filter(PuzzleKind::hasCsv)
                    .orElseThrow(() -> new ArenaProblem("'" + kind + "' cannot be built", "use arc, sudoku or maze"));
            return csv(ofCsv, out, progress);
        } catch (IllegalArgumentException e) {
            throw new ArenaProblem(String.valueOf(e.getMessage()), "see ./arena puzzles build --help");
        } finally {
            progress.done();
        }
    }

    private ObjectNode arc(Path out, boolean compactForm, BuildBar progress) throws IOException {
        Map<String, Path> folders = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (String subset : recipe.subsets) {
            int equals = subset.indexOf('=');
            names.add(equals < 0 ? subset : subset.substring(0, equals));
            if (equals >= 0) {
                folders.put(subset.substring(0, equals), Path.of(subset.substring(equals + 1)));
            }
        }
        var ofArc = new ArcRecipe(names, recipe.testSets, recipe.augmentations, recipe.seed, recipe.order());
        try (ArcSource source = ArcSource.open(from, prefix, folders, allowMissingSolutions)) {
            var build = new BuildArcSet(source, ofArc, progress);
            return compactForm ? build.compact(out) : build.directory(out);
        }
    }

    private ObjectNode csv(PuzzleKind puzzleKind, Path out, BuildBar progress) throws IOException {
        var ofCsv = new BuildCsvDirectory.Recipe(subsampleSize, numAug, aug, minDifficulty, recipe.seed);
        var written = new BuildCsvDirectory(puzzleKind, ofCsv, progress).build(from, out);
        return JSON.createObjectNode()
                .put("kind", kind)
                .put("trainExamples", written.trainExamples())
                .put("testExamples", written.testExamples());
    }

    private static Path emptyFolder(Path out) throws IOException {
        Files.createDirectories(out);
        try (Stream<Path> inside = Files.list(out)) {
            if (inside.findAny().isPresent()) {
                throw new ArenaProblem("the folder is not empty", out.toString(), null, null, "name a new one");
            }
        }
        return out;
    }

    private static void write(ObjectNode built, PrintStream out) {
        built.properties().forEach(field -> {
            JsonNode value = field.getValue();
            switch (field.getKey()) {
                case FEWER -> {
                    if (!value.isEmpty()) {
                        out.println(value.size() + " tasks got fewer augmentations than wanted; --json names them");
                    }
                }
                case PUZZLE_SET -> line(out, PUZZLE_SET, value.path("name").asText());
                default -> line(out, field.getKey(), value.asText());
            }
        });
    }

    private static void line(PrintStream out, String name, String value) {
        out.println(String.format("%-16s %s", name, value));
    }
}
