package dev.trmarena.ingest;

import static dev.trmarena.ingest.Client.assertRefused;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.golden.Golden;
import dev.trmarena.puzzles.answers.PackPredictions;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.npy.NpyArray;
import dev.trmarena.puzzles.score.OutputResult;
import dev.trmarena.puzzles.score.ScoreSheet;
import dev.trmarena.puzzles.score.ScoredPrediction;
import dev.trmarena.puzzles.score.Scoring;
import dev.trmarena.puzzles.score.Submissions;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetImport;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a network gave comes in as answers, in each form that votes: as the lines that are downloaded of an evaluation, and as arrays, by
 * identifiers and by their places. It has the votes, ranks and scores of that run; its submission has those that look at two attempts.
 */
@QuarkusTest
@WithTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WhatARunGaveComesBackWithItsScores {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SET = "fed-back";

    /** Those that need the labels of each example. */
    private static final List<String> OF_EXAMPLES = List.of("accuracy", "exact_accuracy", "q_halt_accuracy");

    @Inject
    Client client;

    @Inject
    Jdbi jdbi;

    @TempDir
    Path folder;

    private final List<String> uploads = new ArrayList<>();

    @AfterEach
    void nothing_is_left() {
        given().delete("/api/puzzle-sets/" + SET).then().statusCode(200);
        uploads.forEach(upload -> given().delete("/api/uploads/" + upload));
    }

    /** What was predicted for a set, an example a row. */
    private record Run(PuzzleSet set, byte[][] tokens, float[] qHalts) {
        ScoreSheet sheet() {
            return Scoring.of(set)
                    .score(IntStream.range(0, tokens.length)
                            .mapToObj(example -> ScoredPrediction.of(set, example, tokens[example], qHalts[example]))
                            .toList());
        }
    }

    /** Of the authors' network (0), and with some of the answers drawn by chance. */
    @ParameterizedTest
    @CsvSource({
        "demo/arc-style,0",
        "trained/arc_easy14,0",
        "demo/arc-style,1",
        "trained/arc_easy14,2",
        "demo/arc-style,3"
    })
    void over_golden_cases(String name, long seed) throws IOException {
        Run run = run(name, seed);
        ScoreSheet sheet = run.sheet();
        assertThat(sheet.metrics().get("pass@2")).isBetween(0.01, 1.0);

        JsonNode placed = entered("placed.npz", arrays("placed", run, inOrder(run), false));
        assertThat(scores(placed)).isEqualTo(sheet.metrics());
        requireCandidates(placed, sheet);

        Map<String, Double> voted = new TreeMap<>(sheet.metrics());
        voted.keySet().removeAll(OF_EXAMPLES);
        JsonNode named = entered("named.npz", arrays("named", run, tasksTurnedRound(run), true));
        assertThat(scores(named)).isEqualTo(voted);
        requireCandidates(named, sheet);

        JsonNode lines = entered("predictions.jsonl", lines(run));
        assertThat(scores(lines)).isEqualTo(voted);
        requireCandidates(lines, sheet);

        JsonNode submission = entered(
                "submission.json",
                Submissions.of(run.set(), sheet, false).orElseThrow().toJson());
        for (String metric : List.of("pass@1", "pass@2", "arc_prize", "kaggle", "strict")) {
            assertThat(scores(submission)).containsEntry(metric, sheet.metrics().get(metric));
        }
    }

    @Test
    void or_is_refused_by_file_and_place_and_leaves_nothing() throws IOException {
        Run run = run("demo/arc-style", 0);
        int all = run.tokens().length;
        byte[] whole = arrays("whole", run, inOrder(run), true);
        Path arrays = folder.resolve("whole");
        Map<String, Object> before = client.kept();
        assertRefused(
                enter("p.npz", Arrays.copyOf(whole, whole.length / 2)), 422, "p.npz", "no archive as NumPy writes it");
        Npy.writeFloat32(arrays.resolve("q_halt_logits.npy"), new float[all + 1], all + 1);
        assertRefused(enter("p.npz", packed(arrays)), 422, "q_halt_logits.npy", all + " halt logits were expected");
        Npy.writeInt32(arrays.resolve("preds.npy"), new int[900], 1, 900);
        assertRefused(enter("p.npz", packed(arrays)), 422, "preds.npy", "integers of shape [" + all + ", 900]");
        int[] identifiers = new int[all];
        identifiers[7] = 999_999;
        Npy.writeInt32(arrays.resolve("puzzle_identifiers.npy"), identifiers, all);
        assertRefused(enter("p.npz", packed(arrays)), 422, "puzzle_identifiers.npy", "example 7", "999999");
        Files.delete(arrays.resolve("inputs.npy"));
        assertRefused(enter("p.npz", packed(arrays)), 422, "p.npz", "no inputs");
        String lines = new String(lines(run), StandardCharsets.UTF_8);
        String again = lines + lines.substring(0, lines.indexOf('\n') + 1);
        assertRefused(
                enter("predictions.jsonl", again.getBytes(StandardCharsets.UTF_8)),
                422,
                "predictions.jsonl",
                "line " + (all + 1),
                "each example once, ascending");
        assertThat(client.kept()).as("nothing is left of them").isEqualTo(before);
    }

    private Run run(String name, long seed) throws IOException {
        Path golden = Golden.folder(name);
        client.importFolder(SET, golden.resolve("dataset")).statusCode(201);
        var imported = PuzzleSetImport.read(golden.resolve("dataset"), null, folder.resolve("opened"));
        PuzzleSet set = PuzzleSet.ofFiles(imported.manifest(), imported.files()::get);
        NpyArray preds = Npy.open(golden.resolve("expected_preds.npy"));
        NpyArray halts = Npy.open(golden.resolve("expected_q_halt_logits.npy"));
        var run = new Run(set, new byte[set.exampleCount()][900], new float[set.exampleCount()]);
        var random = new Random(seed);
        for (int example = 0; example < set.exampleCount(); example++) {
            int way = seed == 0 ? 0 : random.nextInt(4);
            int[] right = set.label(example);
            for (int cell = 0; cell < 900; cell++) {
                run.tokens()[example][cell] = (byte) (way == 0 ? preds.longAt(900L * example + cell) : right[cell]);
            }
            // Wrong in few ways, with few halt logits: there are ties of both.
            run.tokens()[example][0] = way > 1 ? (byte) (2 + way) : run.tokens()[example][0];
            run.qHalts()[example] = way == 0 ? halts.floatAt(example) : random.nextInt(3);
        }
        return run;
    }

    private static List<Integer> inOrder(Run run) {
        return IntStream.range(0, run.tokens().length).boxed().collect(Collectors.toList());
    }

    private static List<Integer> tasksTurnedRound(Run run) {
        List<Integer> order = inOrder(run);
        order.sort(Comparator.comparing(
                        (Integer example) -> Objects.requireNonNull(run.set().taskOf(example)))
                .reversed());
        assertThat(order).isNotEqualTo(inOrder(run));
        return order;
    }

    private byte[] arrays(String name, Run run, List<Integer> order, boolean named) throws IOException {
        int count = order.size();
        int[] preds = new int[900 * count];
        int[] inputs = new int[900 * count];
        int[] identifiers = new int[count];
        float[] qHalts = new float[count];
        for (int row = 0; row < count; row++) {
            int example = order.get(row);
            for (int cell = 0; cell < 900; cell++) {
                preds[900 * row + cell] = run.tokens()[example][cell] & 0xff;
            }
            System.arraycopy(run.set().input(example), 0, inputs, 900 * row, 900);
            identifiers[row] = run.set().puzzleIdentifier(example);
            qHalts[row] = run.qHalts()[example];
        }
        Path arrays = Files.createDirectory(folder.resolve(name));
        Npy.writeInt32(arrays.resolve("preds.npy"), preds, count, 900);
        Npy.writeFloat32(arrays.resolve("q_halt_logits.npy"), qHalts, count);
        if (named) {
            Npy.writeInt32(arrays.resolve("inputs.npy"), inputs, count, 900);
            Npy.writeInt32(arrays.resolve("puzzle_identifiers.npy"), identifiers, count);
        }
        return packed(arrays);
    }

    private byte[] packed(Path arrays) throws IOException {
        Path packed = folder.resolve("packed");
        PackPredictions.pack(arrays, packed);
        return Files.readAllBytes(packed);
    }

    /** As an evaluation is downloaded. */
    private static byte[] lines(Run run) throws IOException {
        var lines = new StringBuilder();
        for (int example : inOrder(run)) {
            int task = Objects.requireNonNull(run.set().taskOf(example));
            lines.append(JSON.writeValueAsString(Map.of(
                            "example",
                            example,
                            "task",
                            run.set().taskName(task),
                            "q_halt",
                            run.qHalts()[example],
                            "grid",
                            run.set().prediction(example, run.tokens()[example]).toRows())))
                    .append('\n');
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private JsonNode entered(String name, byte[] content) throws IOException {
        return JSON.readTree(enter(name, content).statusCode(201).extract().asString());
    }

    private ValidatableResponse enter(String name, byte[] content) {
        String upload = client.uploaded(name, content);
        uploads.add(upload);
        return client.post(
                "/api/evaluations", Map.of("answers", Map.of("upload", upload, "puzzleSet", SET, "model", "fed back")));
    }

    private static Map<String, Double> scores(JsonNode entered) {
        Map<String, Double> scores = new TreeMap<>();
        entered.path("scores")
                .properties()
                .forEach(score -> scores.put(score.getKey(), score.getValue().asDouble()));
        return scores;
    }

    /** Test output, rank and votes of each that is stored. */
    private void requireCandidates(JsonNode entered, ScoreSheet sheet) {
        List<String> stored = jdbi.withHandle(handle -> handle.createQuery("""
                        select task || ' ' || output || ' ' || rank || ' ' || votes from candidate
                        where evaluation_id = :id::uuid""")
                .bind("id", entered.path("id").asText())
                .mapTo(String.class)
                .list());
        List<String> expected = new ArrayList<>();
        for (OutputResult output : sheet.outputs()) {
            for (int rank = 0; rank < output.top().size(); rank++) {
                expected.add(output.task() + " " + output.output() + " " + (rank + 1) + " "
                        + output.top().get(rank).votes());
            }
        }
        assertThat(stored).containsExactlyInAnyOrderElementsOf(expected);
    }
}
