package dev.trmarena.puzzles.build;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.limits.Quote;
import dev.trmarena.limits.ReadLimits;
import dev.trmarena.puzzles.Findings;
import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.InputProblem;
import dev.trmarena.puzzles.arc.ArcTask;
import dev.trmarena.puzzles.arc.ArcTask.Pair;
import dev.trmarena.puzzles.arc.Augmentation;
import dev.trmarena.puzzles.arc.ReadJson;
import dev.trmarena.puzzles.arc.ReadPairs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Raw ARC tasks, in either of their two usual forms, in a folder or a zip:
 *
 * <ul>
 *   <li>{@code <prefix>_<subset>_challenges.json}, or without a prefix, with {@code …_solutions.json} beside it;
 *   <li>a folder named like the subset, anywhere below, with one JSON file a task; tasks come in the order of their names.
 * </ul>
 *
 * <p>Both occur as {@code .json.gz}, too, and the first with a hyphen: {@code arc-agi_evaluation-challenges.json}.
 */
public final class ArcSource implements AutoCloseable {
    private static final int DEPTH = 5;
    private static final List<String> ENDINGS = List.of(".json", ".json.gz");
    private static final String CORRECT =
            "Correct the file; a grid is a list of 1 to 30 rows of equal length, colours 0 to 9.";

    private final Path root;
    private final String prefix;
    private final Map<String, Path> folders;
    private final boolean allowMissing;
    private final @Nullable FileSystem zip;
    private boolean solutionsMissing;

    private ArcSource(
            Path root, String prefix, Map<String, Path> folders, boolean allowMissing, @Nullable FileSystem zip) {
        this.root = root;
        this.prefix = prefix;
        this.folders = Map.copyOf(folders);
        this.allowMissing = allowMissing;
        this.zip = zip;
    }

    /**
     * @param from a folder or a zip file
     * @param prefix of the names of challenge and solution files, {@code arc-agi} in the published ones
     * @param folders of those subsets that have one of their own, elsewhere or under another name
     * @param allowMissing whether test outputs may be unknown; they become a grid of one 0, as in the authors' builder
     */
    public static ArcSource open(Path from, String prefix, Map<String, Path> folders, boolean allowMissing)
            throws IOException {
        if (Files.isDirectory(from)) {
            return new ArcSource(from, prefix, folders, allowMissing, null);
        }
        String name = String.valueOf(from.getFileName());
        if (!Files.isRegularFile(from) || !name.endsWith(".zip")) {
            throw new InputProblem(
                    name, null, "it is neither a folder nor a zip file", "Name the folder of the tasks.");
        }
        FileSystem zip = FileSystems.newFileSystem(from, Map.of());
        return new ArcSource(zip.getPath("/"), prefix, folders, allowMissing, zip);
    }

    /** Whether a subset that was read has test outputs that are not known. */
    public boolean solutionsMissing() {
        return solutionsMissing;
    }

    /** @throws InputProblem when the subset is not there or not sound, with the first problems */
    public List<SourceTask> read(String subset) throws IOException {
        var findings = new Findings();
        Path challenges = beside(subset, "challenges");
        List<SourceTask> tasks = challenges != null
                ? kaggle(challenges, beside(subset, "solutions"), findings)
                : files(folder(subset), findings);
        findings.throwIfAny();
        if (tasks.isEmpty()) {
            throw new InputProblem(subset, null, "there is no task in it", "Name the subset that you mean.");
        }
        return tasks;
    }

    /** A file of a subset under one of the names by which it is published; null when there is none. */
    private @Nullable Path beside(String subset, String what) {
        for (String stem : List.of(subset, prefix + "_" + subset)) {
            for (String ending : ENDINGS) {
                for (String between : List.of("_", "-")) {
                    Path file = root.resolve(stem + between + what + ending);
                    if (Files.isRegularFile(file)) {
                        return file;
                    }
                }
            }
        }
        return null;
    }

    /** A task at a time: what is sent by anybody may be of any shape. */
    private List<SourceTask> kaggle(Path challenges, @Nullable Path solutions, Findings findings) throws IOException {
        String name = String.valueOf(challenges.getFileName());
        String answersName = solutions == null ? "" : String.valueOf(solutions.getFileName());
        Map<String, List<Grid>> answers = solutions == null ? null : solutions(solutions, answersName, findings);
        var tasks = new ArrayList<SourceTask>();
        ReadJson.fields(challenges, name, ReadLimits.RAW_TASKS_BYTES, ReadLimits.TASK_VALUES, (task, node) -> {
            List<Grid> outputs = answers == null ? null : answers.getOrDefault(task, List.of());
            tasks.add(task(name, task, node, answersName, outputs, findings));
            requireFew(name, tasks);
        });
        return tasks;
    }

    private static Map<String, List<Grid>> solutions(Path file, String name, Findings findings) throws IOException {
        Map<String, List<Grid>> solutions = new HashMap<>();
        var reader = new ReadPairs(name, CORRECT, findings);
        ReadJson.fields(file, name, ReadLimits.RAW_TASKS_BYTES, ReadLimits.TASK_VALUES, (task, outputs) -> {
            List<Grid> grids = new ArrayList<>();
            for (JsonNode output : outputs) {
                grids.add(reader.grid(output, "task " + task + ", output " + grids.size()));
            }
            solutions.put(task, grids);
            if (solutions.size() > ReadLimits.TASKS) {
                throw tooMany(name);
            }
        });
        return solutions;
    }

    private static void requireFew(String name, List<SourceTask> tasks) {
        if (tasks.size() > ReadLimits.TASKS) {
            throw tooMany(name);
        }
    }

    private static InputProblem tooMany(String name) {
        return new InputProblem(
                name, null, "it has more than " + ReadLimits.TASKS + " tasks", "Make several puzzle sets of them.");
    }

    private List<SourceTask> files(Path folder, Findings findings) throws IOException {
        var tasks = new ArrayList<SourceTask>();
        for (Path file : jsonFiles(folder)) {
            String name = String.valueOf(file.getFileName());
            String task = name.substring(0, name.lastIndexOf(".json"));
            tasks.add(task(folder.getFileName() + "/" + name, task, tree(file), "", null, findings));
            requireFew(String.valueOf(folder.getFileName()), tasks);
        }
        return tasks;
    }

    /** @param outputs the task's solutions when they are in a file of their own */
    private SourceTask task(
            String file,
            String name,
            JsonNode node,
            String solutions,
            @Nullable List<Grid> outputs,
            Findings findings) {
        if (name.isBlank() || name.contains(Augmentation.SEPARATOR)) {
            findings.add(
                    file, "task '" + Quote.of(name) + "'", "it is not a name of a task", "Name tasks without '|||'.");
        }
        String place = "task " + name;
        var reader = new ReadPairs(file, CORRECT, findings);
        List<Pair> demonstrations = reader.pairs(node.path("train"), place + ", train");
        JsonNode tests = node.path("test");
        List<Pair> pairs = new ArrayList<>();
        if (outputs != null) {
            if (outputs.size() != tests.size()) {
                findings.add(
                        solutions,
                        place,
                        "it has " + outputs.size() + " solutions for " + tests.size() + " test inputs",
                        "Use the solutions that belong to the challenges.");
            }
            for (int i = 0; i < Math.min(tests.size(), outputs.size()); i++) {
                pairs.add(new Pair(
                        reader.grid(tests.get(i).get("input"), place + ", test " + i + ", input"), outputs.get(i)));
            }
        } else {
            for (JsonNode pair : tests) {
                String at = place + ", test " + pairs.size();
                pairs.add(new Pair(
                        reader.grid(pair.get("input"), at + ", input"), output(reader, pair, file, at, findings)));
            }
        }
        if (tests.isEmpty()) {
            findings.add(file, place, "it has no test input", "Every task needs one.");
        }
        return new SourceTask(new ArcTask(name, demonstrations, pairs), testFirst(node));
    }

    private Grid output(ReadPairs reader, JsonNode pair, String file, String place, Findings findings) {
        if (pair.has("output")) {
            return reader.grid(pair.get("output"), place + ", output");
        }
        solutionsMissing = true;
        if (!allowMissing) {
            findings.add(
                    file,
                    place,
                    "there is no solution",
                    "Put the solutions file beside it, or allow missing solutions: the set then only makes submissions.");
        }
        return ReadPairs.UNKNOWN;
    }

    private static boolean testFirst(JsonNode task) {
        for (Iterator<String> keys = task.fieldNames(); keys.hasNext(); ) {
            String key = keys.next();
            if (key.equals("test") || key.equals("train")) {
                return key.equals("test");
            }
        }
        return false;
    }

    private Path folder(String subset) throws IOException {
        Path own = folders.get(subset);
        if (own != null) {
            return own;
        }
        try (Stream<Path> all = Files.find(
                root,
                DEPTH,
                (path, attributes) ->
                        attributes.isDirectory() && withoutSlash(path).equals(subset))) {
            List<Path> found = all.sorted().filter(ArcSource::hasJson).toList();
            if (found.size() == 1) {
                return found.get(0);
            }
            String wanted = prefix + "_" + subset + "_challenges.json";
            throw new InputProblem(
                    subset,
                    null,
                    found.isEmpty()
                            ? "there is neither a file " + wanted + " nor a folder " + subset + " with JSON files"
                            : "there are several folders of this name: " + found,
                    "Name the folder that holds the subset, its prefix (" + prefix + "), and the subset itself.");
        }
    }

    /** Folders of a zip end with a slash. */
    private static String withoutSlash(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    }

    private static boolean hasJson(Path folder) {
        try {
            return !jsonFiles(folder).isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> jsonFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> ENDINGS.stream().anyMatch(String.valueOf(file.getFileName())::endsWith)
                            && Files.isRegularFile(file))
                    .sorted(Comparator.comparing(file -> String.valueOf(file.getFileName())))
                    .toList();
        }
    }

    private static JsonNode tree(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        JsonNode tree = ReadJson.tree(file, name, ReadLimits.RAW_TASKS_BYTES, ReadLimits.TASK_VALUES, key -> true);
        if (!tree.isObject()) {
            throw new InputProblem(name, null, "it is not a JSON object", CORRECT);
        }
        return tree;
    }

    @Override
    public void close() throws IOException {
        if (zip != null) {
            zip.close();
        }
    }
}
