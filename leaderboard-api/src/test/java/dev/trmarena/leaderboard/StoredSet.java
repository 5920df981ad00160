package dev.trmarena.leaderboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.dispatch.MakeUnits;
import dev.trmarena.db.plan.NewCheckpoint;
import dev.trmarena.db.plan.NewEvaluation;
import dev.trmarena.db.plan.Overlaps;
import dev.trmarena.db.plan.PlanEvaluation;
import dev.trmarena.db.plan.Priority;
import dev.trmarena.db.plan.PuzzleSetRow;
import dev.trmarena.db.plan.PuzzleSets;
import dev.trmarena.db.plan.TaskHashes;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Prediction;
import dev.trmarena.puzzles.arc.ArcRecipe;
import dev.trmarena.puzzles.build.ArcSource;
import dev.trmarena.puzzles.build.NumpyRandom;
import dev.trmarena.puzzles.build.PlanArc;
import dev.trmarena.puzzles.build.WriteCompactSet;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.puzzles.score.Protocol;
import dev.trmarena.puzzles.score.StepHistory;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetImport;
import dev.trmarena.puzzles.set.PuzzleSetManifest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/** A puzzle set made of puzzles of the demo, stored and in the database. */
public record StoredSet(Jdbi jdbi, String name, String digest, PuzzleSet set) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int UNIT = 50;
    public static final Protocol WHOLE = Protocol.whole(4, Dtype.FLOAT32);

    /**
     * A compact ARC set.
     *
     * @param from the first of the demo's twelve tasks, in the order of their names
     * @param until behind the last
     * @param solutions whether they come along; otherwise the set is one of hidden solutions
     */
    public static StoredSet built(
            Jdbi jdbi, ArtifactStore store, String name, int from, int until, int augmentations, boolean solutions)
            throws IOException {
        Path demo = Path.of(System.getProperty("arena.root", "..")).resolve("demo/arc-style");
        var recipe =
                new ArcRecipe(List.of("part"), List.of("part"), augmentations, 42, ArcRecipe.SplitOrder.TRAIN_TEST);
        try (var scratch = Scratch.named("raw-tasks")) {
            Path raw = scratch.folder();
            part(demo.resolve("demo_challenges.json"), from, until, raw.resolve("part_challenges.json"));
            if (solutions) {
                part(demo.resolve("demo_solutions.json"), from, until, raw.resolve("part_solutions.json"));
            }
            return compact(jdbi, store, name, raw, recipe, !solutions);
        }
    }

    /** ARC-AGI-1 as it was published with, of the raw tasks in this folder: 1000 augmentations. */
    public static StoredSet published(Jdbi jdbi, ArtifactStore store, Path raw) throws IOException {
        var recipe = new ArcRecipe(
                List.of("training", "evaluation", "concept"),
                List.of("evaluation"),
                1000,
                42,
                ArcRecipe.SplitOrder.TRAIN_TEST);
        return compact(jdbi, store, "arc-agi-1", raw, recipe, false);
    }

    /** A compact ARC set of so many small tasks, named by their numbers, without augmentations. */
    public static StoredSet tasks(Jdbi jdbi, ArtifactStore store, String name, int tasks) throws IOException {
        ObjectNode challenges = JSON.createObjectNode();
        ObjectNode solutions = JSON.createObjectNode();
        for (int task = 0; task < tasks; task++) {
            int[][] own = {{task / 1000 % 10, task / 100 % 10}, {task / 10 % 10, task % 10}};
            int[][] other = {{1}};
            var pair = Map.of("input", own, "output", other);
            String key = String.format(Locale.ROOT, "%08d", task);
            challenges.set(
                    key, JSON.valueToTree(Map.of("train", List.of(pair), "test", List.of(Map.of("input", own)))));
            solutions.set(key, JSON.valueToTree(new int[][][] {other}));
        }
        var recipe = new ArcRecipe(List.of("part"), List.of("part"), 0, 42, ArcRecipe.SplitOrder.TRAIN_TEST);
        try (var scratch = Scratch.named("raw-tasks")) {
            Path raw = scratch.folder();
            JSON.writeValue(raw.resolve("part_challenges.json").toFile(), challenges);
            JSON.writeValue(raw.resolve("part_solutions.json").toFile(), solutions);
            return compact(jdbi, store, name, raw, recipe, false);
        }
    }

    private static StoredSet compact(
            Jdbi jdbi, ArtifactStore store, String name, Path raw, ArcRecipe recipe, boolean hidden)
            throws IOException {
        try (var scratch = Scratch.named("built")) {
            PuzzleSetManifest manifest;
            try (var source = ArcSource.open(raw, "arc-agi", Map.of(), hidden)) {
                var plan = PlanArc.plan(source, recipe, new NumpyRandom(42), (step, share, detail) -> {});
                manifest = WriteCompactSet.write(plan, scratch.folder());
            }
            Map<String, Path> files = new HashMap<>();
            for (String role :
                    List.of(PuzzleSetManifest.TEST_PUZZLES, PuzzleSetManifest.IDENTIFIERS, PuzzleSetManifest.PUZZLES)) {
                files.put(role, scratch.folder().resolve(role));
            }
            return stored(jdbi, store, name, manifest, files);
        }
    }

    /** A Sudoku set of some rows of the demo's CSV. @param from the first of its 300 rows @param until behind the last */
    public static StoredSet sudoku(Jdbi jdbi, ArtifactStore store, String name, int from, int until)
            throws IOException {
        List<String> lines = demoSudoku();
        List<String> kept = new ArrayList<>(lines.subList(0, 1));
        kept.addAll(lines.subList(1 + from, 1 + until));
        return sudoku(jdbi, store, name, kept);
    }

    /** A Sudoku set of any size: the demo's puzzles again and again, each time with other digits. */
    public static StoredSet largeSudoku(Jdbi jdbi, ArtifactStore store, int puzzles) throws IOException {
        List<String> lines = demoSudoku();
        var random = new Random(42);
        List<Integer> digits = new ArrayList<>(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9));
        Stream<String> rows = IntStream.range(0, puzzles).mapToObj(puzzle -> {
            Collections.shuffle(digits, random);
            // source,question,answer,rating
            String[] fields = lines.get(1 + puzzle % (lines.size() - 1)).split(",");
            fields[1] = redrawn(fields[1], digits);
            fields[2] = redrawn(fields[2], digits);
            return String.join(",", fields);
        });
        return sudoku(jdbi, store, "sudoku-large", Stream.concat(Stream.of(lines.get(0)), rows)::iterator);
    }

    private static String redrawn(String cells, List<Integer> digits) {
        return cells.chars()
                .map(cell -> cell >= '1' && cell <= '9' ? '0' + digits.get(cell - '1') : cell)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static List<String> demoSudoku() throws IOException {
        return Files.readAllLines(
                Path.of(System.getProperty("arena.root", "..")).resolve("demo/sudoku-9x9/test.csv"));
    }

    private static StoredSet sudoku(Jdbi jdbi, ArtifactStore store, String name, Iterable<String> csv)
            throws IOException {
        try (var scratch = Scratch.named("sudoku")) {
            Path folder = scratch.folder();
            var imported = PuzzleSetImport.read(Files.write(folder.resolve("test.csv"), csv), null, folder);
            return stored(jdbi, store, name, imported.manifest(), imported.files());
        }
    }

    private static StoredSet stored(
            Jdbi jdbi, ArtifactStore store, String name, PuzzleSetManifest manifest, Map<String, Path> files)
            throws IOException {
        Map<String, String> artifacts = new HashMap<>();
        for (var file : files.entrySet()) {
            artifacts.put(file.getKey(), store.put(file.getValue()).digest());
        }
        PuzzleSetManifest stored = manifest.withArtifacts(artifacts);
        String digest = store.put(new ByteArrayInputStream(stored.toJson())).digest();
        var row = new PuzzleSetRow(
                UUID.randomUUID(),
                name,
                stored.kind().name().toLowerCase(Locale.ROOT),
                digest,
                stored.seqLen(),
                stored.vocabSize(),
                stored.identifierCount(),
                stored.exampleCount(),
                stored.taskCount());
        PuzzleSet open = PuzzleSet.open(stored, store::path);
        jdbi.useTransaction(handle -> {
            PuzzleSets.insert(handle, row, List.of(digest));
            TaskHashes.write(handle, row.id(), open);
        });
        Overlaps.countNext(jdbi, () -> {});
        return new StoredSet(jdbi, name, digest, open);
    }

    private static void part(Path file, int from, int until, Path out) throws IOException {
        ObjectNode kept = JSON.createObjectNode();
        List<Map.Entry<String, JsonNode>> tasks = JSON.readTree(file.toFile()).properties().stream()
                .sorted(Map.Entry.comparingByKey())
                .toList();
        tasks.subList(from, until).forEach(task -> kept.set(task.getKey(), task.getValue()));
        JSON.writeValue(out.toFile(), kept);
    }

    /** Plans an evaluation of a model of its own. */
    public UUID plan(Jdbi jdbi, String model) {
        return plan(jdbi, model, WHOLE);
    }

    public UUID plan(Jdbi jdbi, String model, Protocol protocol) {
        return plan(jdbi, model, protocol, false);
    }

    /** @param again another repeat, although the same was planned before */
    public UUID plan(Jdbi jdbi, String model, Protocol protocol, boolean again) {
        UUID evaluation = UUID.randomUUID();
        List<NewEvaluation.Unit> units = new ArrayList<>();
        int count = 0;
        for (List<Integer> examples : units(protocol)) {
            int unit = units.size();
            units.add(new NewEvaluation.Unit(
                    unit, examples.get(0), examples.get(examples.size() - 1) + 1, examples.size()));
            count += examples.size();
        }
        String own = String.format(Locale.ROOT, "%064x", Integer.toUnsignedLong((name + model).hashCode()));
        var checkpoint = new NewCheckpoint(own, own, own, own, "step_1", "trm", 10, 20, "{}");
        int examples = count;
        jdbi.useTransaction(handle -> {
            UUID setId = PuzzleSets.find(handle, name).orElseThrow().id();
            PlanEvaluation.plan(
                    handle,
                    checkpoint,
                    new NewEvaluation(evaluation, setId, model, protocol, Priority.NORMAL, again, examples, units));
            MakeUnits.untilSoManyWait(handle, evaluation, units.size());
        });
        return evaluation;
    }

    /** The examples of each unit. */
    public List<List<Integer>> units(Protocol protocol) {
        List<List<Integer>> units = new ArrayList<>();
        for (int example = 0; example < set.exampleCount(); example++) {
            if (protocol.votes().votes(set, example)) {
                if (units.isEmpty() || units.get(units.size() - 1).size() == UNIT) {
                    units.add(new ArrayList<>());
                }
                units.get(units.size() - 1).add(example);
            }
        }
        return units;
    }

    public List<Outcome.Solved> answers(UUID evaluation, long seed) {
        return answers(evaluation, seed, WHOLE);
    }

    /**
     * One outcome a unit. Many an answer is right, the others are wrong in few ways and the halt scores are few: there are ties
     * of votes, and of votes and halt scores. Before the last step there is nothing but padding. Its solver began each of them.
     */
    public List<Outcome.Solved> answers(UUID evaluation, long seed, Protocol protocol) {
        var random = new Random(seed);
        List<Outcome.Solved> outcomes = new ArrayList<>();
        for (List<Integer> unit : units(protocol)) {
            List<Prediction> predictions = predictions(unit, random, protocol);
            outcomes.add(
                    new Outcome.Solved(evaluation, outcomes.size(), UUID.randomUUID(), "test", "CPU", 5, predictions));
        }
        TakeUp.all(jdbi, outcomes);
        return outcomes;
    }

    /** Of one unit alone, likewise. */
    public List<Prediction> predictions(int unit, long seed, Protocol protocol) {
        return predictions(units(protocol).get(unit), new Random(seed), protocol);
    }

    private List<Prediction> predictions(List<Integer> examples, Random random, Protocol protocol) {
        List<Prediction> predictions = new ArrayList<>();
        for (int example : examples) {
            byte[] answer = answer(example, random);
            predictions.add(prediction(example, answer, random.nextInt(7) / 3f - random.nextInt(2), protocol.steps()));
        }
        return predictions;
    }

    private Prediction prediction(int example, byte[] answer, float qHalt, int steps) {
        byte[] padding = new byte[answer.length];
        var answers = new long[steps];
        Arrays.fill(answers, StepHistory.answer(set, example, padding));
        answers[steps - 1] = StepHistory.answer(set, example, answer);
        var qHalts = new float[steps];
        Arrays.fill(qHalts, -3);
        qHalts[steps - 1] = qHalt;
        List<byte[]> replay = new ArrayList<>();
        if (set.augmentationOrdinal(example) == 0) {
            replay.addAll(Collections.nCopies(steps - 1, padding));
            replay.add(answer);
        }
        return new Prediction(example, answer, qHalt, steps, new StepHistory(answers, qHalts).toBytes(), replay);
    }

    private byte[] answer(int example, Random random) {
        int[] right = set.label(example);
        byte[] tokens = new byte[right.length];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = (byte) right[i];
        }
        int way = random.nextInt(4);
        if (way > 0) {
            tokens[0] = (byte) (2 + way);
        }
        return tokens;
    }
}
