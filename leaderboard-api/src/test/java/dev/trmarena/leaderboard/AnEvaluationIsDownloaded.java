package dev.trmarena.leaderboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Prediction;
import dev.trmarena.puzzles.Grid;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What other programs get of an evaluation is what came in, and what the pages say of it. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AnEvaluationIsDownloaded {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HEAD = "task,name,verdict,output,outputs,candidates,solution_rank,solved,wrong_cells,"
            + "right_cells,first_votes,first_mean_halt";

    @Inject
    Jdbi jdbi;

    @Inject
    ArtifactStore store;

    @ConfigProperty(name = "arena.kafka")
    String kafka;

    @Test
    void from_an_arc_set() throws Exception {
        var set = StoredSet.built(jdbi, store, "downloads", 0, 6, 4, true);
        UUID evaluation = set.plan(jdbi, "downloads");
        List<Outcome.Solved> answers = set.answers(evaluation, 21);
        new RunningApi(kafka).finish(evaluation, answers);
        List<JsonNode> lines = lines(evaluation);
        assertPredictions(set, answers, lines);
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.path("outputs")).isNotEmpty();
            assertThat(line.path("colours").asText()).hasSize(10);
            assertThat(line.path("transform").asInt()).isBetween(0, 7);
        });
        assertThat(lines.stream().filter(line -> line.path("ordinal").asInt() == 0))
                .as("one for each test output")
                .hasSize(table(evaluation).size());
        assertTable(evaluation, votes(lines));
    }

    @Test
    void from_a_set_of_sudokus() throws Exception {
        var set = StoredSet.sudoku(jdbi, store, "downloads-sudoku", 0, 12);
        UUID evaluation = set.plan(jdbi, "downloads-sudoku");
        List<Outcome.Solved> answers = set.answers(evaluation, 22);
        new RunningApi(kafka).finish(evaluation, answers);
        List<JsonNode> lines = lines(evaluation);
        assertPredictions(set, answers, lines);
        assertThat(lines.get(0).has("outputs")).isFalse();
        assertThat(table(evaluation)).hasSize(12);
        for (List<String> row : table(evaluation)) {
            assertThat(row.get(2)).isEqualTo(row.get(8).equals("0") ? "right" : "wrong");
            assertThat(Double.parseDouble(row.get(9)))
                    .isCloseTo(1 - Integer.parseInt(row.get(8)) / 81.0, within(1e-12));
        }
    }

    private static void assertPredictions(StoredSet set, List<Outcome.Solved> answers, List<JsonNode> lines) {
        List<Prediction> sent =
                answers.stream().flatMap(unit -> unit.predictions().stream()).toList();
        assertThat(lines).hasSameSizeAs(sent);
        for (Prediction prediction : sent) {
            int example = prediction.example();
            JsonNode line = lines.get(example);
            assertThat(line.path("example").asInt()).isEqualTo(example);
            assertThat(line.path("task").asText())
                    .isEqualTo(
                            set.set().taskName(Objects.requireNonNull(set.set().taskOf(example))));
            assertThat(line.path("q_halt").floatValue()).isEqualTo(prediction.qHalt());
            assertThat(grid(line))
                    .as("example %d", example)
                    .isEqualTo(set.set().prediction(example, prediction.tokens()));
        }
    }

    /** Counted anew by whoever has the lines: by the name of the task and the test output, the votes for each grid. */
    private static Map<String, Map<Grid, Integer>> votes(List<JsonNode> lines) {
        Map<String, Map<Grid, Integer>> votes = new HashMap<>();
        for (JsonNode line : lines) {
            for (JsonNode output : line.path("outputs")) {
                votes.computeIfAbsent(line.path("task").asText() + " " + output.asInt(), none -> new HashMap<>())
                        .merge(grid(line), 1, Integer::sum);
            }
        }
        return votes;
    }

    private static void assertTable(UUID evaluation, Map<String, Map<Grid, Integer>> votes) {
        List<List<String>> table = table(evaluation);
        assertThat(table).hasSameSizeAs(votes.keySet());
        for (List<String> row : table) {
            Map<Grid, Integer> counted = votes.getOrDefault(row.get(1) + " " + row.get(3), Map.of());
            assertThat(row.get(5)).as("candidates").isEqualTo(String.valueOf(counted.size()));
            assertThat(row.get(10))
                    .as("votes for the first")
                    .isEqualTo(String.valueOf(counted.values().stream()
                            .mapToInt(Integer::intValue)
                            .max()
                            .orElseThrow()));
            JsonNode task = RunningApi.get("/api/evaluations/" + evaluation + "/tasks?limit=500")
                    .path("tasks")
                    .get(Integer.parseInt(row.get(0)));
            assertThat(row.get(2)).isEqualTo(task.path("verdict").asText());
            JsonNode output = RunningApi.get("/api/evaluations/" + evaluation + "/tasks/" + row.get(0))
                    .path("outputs")
                    .get(Integer.parseInt(row.get(3)));
            JsonNode rank = output.path("solutionRank");
            assertThat(row.get(6)).isEqualTo(rank.isNull() ? "" : rank.asText());
            assertThat(row.get(7)).isEqualTo(!rank.isNull() && rank.asInt() <= 2 ? "1" : "0");
            assertThat(Double.parseDouble(row.get(11)))
                    .isEqualTo(output.path("candidates").get(0).path("meanHalt").asDouble());
        }
    }

    private static List<List<String>> table(UUID evaluation) {
        List<String> lines = given().get("/api/evaluations/" + evaluation + "/tasks.csv")
                .then()
                .statusCode(200)
                .contentType("text/csv")
                .header("Content-Disposition", "attachment; filename=\"tasks.csv\"")
                .extract()
                .asString()
                .lines()
                .toList();
        assertThat(lines.get(0)).isEqualTo(HEAD);
        return lines.stream().skip(1).map(line -> List.of(line.split(",", -1))).toList();
    }

    private static List<JsonNode> lines(UUID evaluation) throws IOException {
        String text = given().get("/api/evaluations/" + evaluation + "/predictions.jsonl")
                .then()
                .statusCode(200)
                .header("Content-Disposition", "attachment; filename=\"predictions.jsonl\"")
                .extract()
                .asString();
        assertThat(text).endsWith("}\n");
        List<JsonNode> lines = new ArrayList<>();
        for (String line : text.lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private static Grid grid(JsonNode line) {
        return Grid.ofRows(JSON.convertValue(line.path("grid"), int[][].class));
    }
}
