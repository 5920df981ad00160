package dev.trmarena.ingest;

import static dev.trmarena.ingest.Client.assertRefused;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.messages.Json;
import dev.trmarena.messages.Received;
import dev.trmarena.messages.TestBroker;
import dev.trmarena.messages.Topics;
import dev.trmarena.messages.WorkUnit;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetManifest;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Adaptation as a user asks for it: what is planned, what its solvers are given, and what is refused. */
@QuarkusTest
@WithTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RowsAreAdaptedOrRefused {
    private static final Path DEMO =
            Path.of(System.getProperty("arena.root", "..")).resolve("demo");
    private static final Path UNSEEN = DEMO.resolve("unseen/dataset");
    private static final Map<String, Object> ROWS = Map.of("mode", "rows", "steps", 96);
    private static final String KEY =
            "4-steps.float32.adapt-rows-96x1.seed-0.lr-0.1.decay-0.1.warmup-10.min-0.1.explore-0.1";

    /** A row of colours that no grid of the demo has. */
    private static final int[] MARK = {9, 8, 9, 1, 9, 7, 9, 2, 9, 6, 9, 3, 9, 5, 9, 4};

    @Inject
    Client client;

    @Inject
    ArtifactStore store;

    @SuppressWarnings("NullAway.Init") // RealParts puts it here
    TestBroker broker;

    private final Map<String, Integer> unitCounts = new HashMap<>();

    @Test
    void a_checkpoint_of_other_tasks_runs_by_rows_that_are_adapted() throws IOException {
        client.importFolder("unseen", UNSEEN);
        assertRefused(evaluate("unseen", Map.of()), 422, "325 puzzle identifiers", "the set 21", "--adapt rows");
        String adapted = evaluate("unseen", Map.of("adaptation", ROWS))
                .statusCode(201)
                .body("protocol.key", equalTo(KEY))
                .body("protocol.whole", equalTo(false))
                .body("protocol.adaptation.mode", equalTo("rows"))
                .body("protocol.adaptation.settings.puzzle_emb_lr", equalTo(0.1f))
                .body("canary.none", containsString("trained on the demonstrations"))
                .body("notes", hasItem(containsString("the 21 of the set begin as their mean")))
                .extract()
                .path("id");
        var answer = evaluate("unseen", Map.of("adaptation", ROWS)).statusCode(200);
        assertThat(answer.extract().<String>path("id")).isEqualTo(adapted);
        // Said or not said, it is the same recipe.
        again(adapted, Map.of("adaptation", Map.of("mode", "rows", "steps", 96, "seed", 0, "settings", Map.of())))
                .statusCode(200)
                .body("id", equalTo(adapted));
        String mean = again(adapted, Map.of("adaptation", Map.of("mode", "rows", "steps", 0)))
                .statusCode(201)
                .body("protocol.key", equalTo("4-steps.float32.mean-rows"))
                .extract()
                .path("id");
        String blank = again(adapted, Map.of("blankIdentifier", true))
                .statusCode(201)
                .body("protocol.key", equalTo("4-steps.float32.blank-identifier"))
                .extract()
                .path("id");
        // Its own rows are asked for the first time: they are not those of the set.
        assertRefused(again(adapted, Map.of()), 422, "325 puzzle identifiers", "--adapt rows");
        assertRefused(again(mean, Map.of()), 422, "325 puzzle identifiers");
        assertRefused(again(blank, Map.of("steps", 2)), 422, "325 puzzle identifiers");
        cancel(adapted, mean, blank);
    }

    @Test
    void examples_of_a_row_stay_in_one_unit() throws IOException {
        client.importFolder("unseen-units", UNSEEN);
        String few = evaluate("unseen-units", Map.of("adaptation", Map.of("mode", "rows", "steps", 96)))
                .statusCode(201)
                .extract()
                .path("id");
        String many = again(few, Map.of("adaptation", Map.of("mode", "rows", "steps", 20_000)))
                .statusCode(201)
                .extract()
                .path("id");
        List<WorkUnit> long0 = units(many);
        assertThat(long0).hasSizeGreaterThan(units(few).size());
        for (List<WorkUnit> units : List.of(units(few), long0)) {
            PuzzleSet set = open(units.get(0));
            Set<Integer> before = new HashSet<>();
            int next = 0;
            for (WorkUnit unit : units) {
                assertThat(unit.firstExample()).isEqualTo(next);
                next = unit.endExample();
                Set<Integer> rows = new HashSet<>();
                for (int example = unit.firstExample(); example < unit.endExample(); example++) {
                    rows.add(set.puzzleIdentifier(example));
                }
                assertThat(before).doesNotContainAnyElementsOf(rows);
                before.addAll(rows);
            }
            assertThat(next).isEqualTo(set.exampleCount());
        }
        cancel(few, many);
    }

    /** Each test output is a mark; whatever a unit names is read to the last byte. */
    @Test
    void nothing_of_a_test_output_reaches_what_solvers_are_given() throws IOException {
        Map<String, byte[]> marked = marked();
        client.importSet("marked", marked).statusCode(201);
        String adapted = evaluate("marked", Map.of("adaptation", ROWS))
                .statusCode(201)
                .extract()
                .path("id");
        String all = again(adapted, Map.of("adaptation", Map.of("mode", "all", "steps", 16)))
                .statusCode(201)
                .body("training.steps", equalTo(16))
                .extract()
                .path("id");
        List<WorkUnit> units = new ArrayList<>(units(adapted));
        // Of this one only training steps, for which its units wait.
        units.add(units("adaptation/" + all, 1).get(0));
        Map<String, byte[]> given = new HashMap<>();
        for (WorkUnit unit : units) {
            given.put("a unit", Json.write(unit));
            var checkpoint = CheckpointManifest.fromJson(read(given, unit.checkpointManifest()));
            read(given, checkpoint.weights());
            var set = PuzzleSetManifest.fromJson(read(given, unit.puzzleSetManifest()));
            assertThat(set.solutionsHidden()).isTrue();
            for (String digest : set.artifacts().values()) {
                read(given, digest);
            }
            assertThat(set.artifacts()).doesNotContainKey(PuzzleSetManifest.LABELS);
        }
        assertThat(given.values()).noneMatch(RowsAreAdaptedOrRefused::holdsTheMark);
        // What the platform scores by is there, and it is what is searched for.
        assertThat(marked.values()).anyMatch(RowsAreAdaptedOrRefused::holdsTheMark);
        assertThat(open(units.get(0)).demonstrations(0)).isNotEmpty();
        // The same copy each time, and it goes with its set.
        String other = again(adapted, Map.of("adaptation", Map.of("mode", "rows", "steps", 0)))
                .statusCode(201)
                .extract()
                .path("id");
        assertThat(units(other))
                .extracting(WorkUnit::puzzleSetManifest)
                .containsOnly(units.get(0).puzzleSetManifest());
        cancel(adapted, other, all);
    }

    @Test
    void what_has_no_meaning_is_refused() throws IOException {
        client.importFolder("unseen-refused", UNSEEN);
        client.importFolder("not-arc", DEMO.resolve("sudoku-4x4/dataset"));
        var before = client.kept();
        refused(Map.of("adaptation", ROWS, "dtype", "bfloat16"), "float32", "bfloat16", "rounding");
        refused(Map.of("adaptation", ROWS, "blankIdentifier", true), "blank identifier");
        refused(
                Map.of("adaptation", Map.of("mode", "all", "steps", 5, "settings", Map.of("ema_rate", 1))),
                "ema_rate is 1.0");
        refused(Map.of("adaptation", Map.of("mode", "rows", "steps", 20_001)), "20001", "20000");
        refused(Map.of("adaptation", Map.of("mode", "rows", "steps", 5, "slots", 17)), "slots is 17");
        refused(
                Map.of("adaptation", Map.of("mode", "rows", "steps", 5, "settings", Map.of("lr", 0.1))),
                "'lr'",
                "puzzle_emb_lr");
        refused(
                Map.of("adaptation", Map.of("mode", "rows", "steps", 5, "settings", Map.of("lr_min_ratio", 2))),
                "lr_min_ratio is 2.0",
                "from 0 to 1");
        assertRefused(
                evaluate("unseen-refused", Map.of("adaptation", Map.of("mode", "some", "steps", 5))), 400, "some");
        assertRefused(evaluate("unseen-refused", Map.of("adaptation", Map.of("steps", 5))), 400, "mode");
        assertRefused(evaluate("unseen-refused", Map.of("adaptation", Map.of("mode", "rows"))), 400, "steps");
        assertRefused(
                evaluate("not-arc", "sudoku-4x4/step_484", Map.of("adaptation", ROWS)),
                422,
                "a sudoku set has no demonstrations");
        assertThat(client.kept()).isEqualTo(before);
    }

    private void refused(Map<String, ?> protocol, String... named) {
        assertRefused(evaluate("unseen-refused", protocol), 422, named);
    }

    /** The demo with a mark as every test output. */
    private static Map<String, byte[]> marked() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(UNSEEN)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(UNSEEN.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        var mapper = new ObjectMapper();
        JsonNode tasks = mapper.readTree(files.get("test_puzzles.json"));
        for (JsonNode task : tasks) {
            for (JsonNode pair : task.path("test")) {
                ArrayNode row = mapper.createArrayNode();
                for (int colour : MARK) {
                    row.add(colour);
                }
                ((ObjectNode) pair).set("output", mapper.createArrayNode().add(row));
            }
        }
        files.put("test_puzzles.json", mapper.writeValueAsBytes(tasks));
        byte[] labels = requireNonNull(files.get("test/all__labels.npy")).clone();
        int header = Npy.header("u1", labels.length / 900, 900).length;
        for (int at = header; at < labels.length; at++) {
            int cell = (at - header) % 900;
            labels[at] = (byte) (cell < MARK.length ? MARK[cell] + 2 : cell == MARK.length || cell / 30 == 1 ? 1 : 0);
        }
        files.put("test/all__labels.npy", labels);
        return files;
    }

    /** As text or as tokens, whatever stands between the numbers. */
    private static boolean holdsTheMark(byte[] content) {
        var text = new StringBuilder();
        var tokens = new StringBuilder();
        for (int i = 0; i < MARK.length; i++) {
            text.append(i == 0 ? "" : ",").append(MARK[i]);
            tokens.append((char) (MARK[i] + 2));
        }
        String whole = new String(content, StandardCharsets.ISO_8859_1);
        return whole.replace(" ", "").contains(text) || whole.contains(tokens);
    }

    private byte[] read(Map<String, byte[]> given, String digest) throws IOException {
        byte[] content = Files.readAllBytes(store.path(digest));
        given.put(digest, content);
        return content;
    }

    private PuzzleSet open(WorkUnit unit) throws IOException {
        return PuzzleSet.open(
                PuzzleSetManifest.fromJson(Files.readAllBytes(store.path(unit.puzzleSetManifest()))), store::path);
    }

    private ValidatableResponse evaluate(String set, Map<String, ?> protocol) {
        return evaluate(set, "unseen/step_7178", protocol);
    }

    private ValidatableResponse evaluate(String set, String file, Map<String, ?> protocol) {
        Path checkpoint = DEMO.resolve(file);
        Map<String, Object> request = new HashMap<>();
        request.put("checkpoint", client.uploaded(checkpoint));
        request.put("config", client.uploaded(checkpoint.resolveSibling("all_config.yaml")));
        request.put("puzzleSet", set);
        request.put("protocol", protocol);
        return known(client.post("/api/evaluations", request));
    }

    private ValidatableResponse known(ValidatableResponse answer) {
        if (answer.extract().statusCode() < 300) {
            unitCounts.put(answer.extract().path("id"), answer.extract().path("unitCount"));
        }
        return answer;
    }

    private ValidatableResponse again(String evaluation, Map<String, ?> protocol) {
        return known(client.post("/api/evaluations", Map.of("evaluation", evaluation, "protocol", protocol)));
    }

    private void cancel(String... evaluations) {
        for (String evaluation : evaluations) {
            client.post("/api/evaluations/" + evaluation + "/cancel", Map.of()).statusCode(200);
        }
    }

    private List<WorkUnit> units(String evaluation) {
        return units(evaluation, requireNonNull(unitCounts.get(evaluation)));
    }

    private List<WorkUnit> units(String prefix, int count) {
        try (var received = new Received(broker.bootstrapServers(), Topics.WORK)) {
            return received.payloads(prefix, count).stream()
                    .map(bytes -> Json.read(bytes, WorkUnit.class))
                    .sorted(Comparator.comparingInt(WorkUnit::index))
                    .toList();
        }
    }
}
