package dev.trmarena.leaderboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.artifacts.store.ArtifactStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The tasks of a set are there before anybody is evaluated on it, and say afterwards what the evaluations say of them. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TasksOfASetAreLookedThrough {
    @Inject
    Jdbi jdbi;

    @Inject
    ArtifactStore store;

    @ConfigProperty(name = "arena.kafka")
    String kafka;

    @Test
    void of_an_arc_set_before_any_evaluation() throws Exception {
        StoredSet set = StoredSet.built(jdbi, store, "looked-through", 0, 12, 2, true);
        String tasks = "/api/puzzle-sets/looked-through/tasks";
        JsonNode page = RunningApi.get(tasks);
        List<JsonNode> all = SetTasks.list(page.path("tasks"));
        assertThat(all).hasSize(12);
        assertThat(page.path("total").asInt()).isEqualTo(12);
        assertThat(page.path("models").asInt()).isZero();
        assertThat(page.path("next").isNull()).isTrue();
        for (JsonNode task : all) {
            int index = task.path("index").asInt();
            assertThat(task.path("id").asText()).isEqualTo(set.set().taskName(index));
            assertThat(task.path("solved").asInt()).isZero();
            assertThat(task.path("outputs").asInt()).isEqualTo(set.set().outputCount(index));
            JsonNode one = RunningApi.get(tasks + "/" + task.path("id").asText());
            assertThat(one.path("index").asInt()).isEqualTo(index);
            assertThat(one.path("outputs").path(0).path("input")).isEqualTo(task.path("thumbnail"));
            assertThat(one.path("outputs")
                            .path(0)
                            .path("expected")
                            .path("cells")
                            .binaryValue())
                    .isEqualTo(set.set().solution(index, 0).cells());
            assertThat(one.path("demonstrations"))
                    .hasSize(set.set().demonstrations(index).size());
            assertThat(task.path("colours").asInt()).isEqualTo(colours(one).size());
        }
        assertNeighbours(tasks, all);
        assertThat(SetTasks.ids(tasks + "?solved=nobody")).hasSize(12);
        assertThat(SetTasks.ids(tasks + "?solved=one")).isEmpty();
        assertThat(SetTasks.ids(tasks + "?solved=all")).isEmpty();
        assertThat(RunningApi.get(tasks + "/" + all.get(0).path("id").asText() + "/answers")
                        .path("answers"))
                .isEmpty();
        assertFilters(tasks, all);
        SetTasks.assertPages(tasks, "?sort=number");
        SetTasks.assertPages(tasks, "?sort=-number");
        SetTasks.assertPages(tasks, "?sort=solved");
        assertRefusals(tasks);
    }

    private static void assertNeighbours(String tasks, List<JsonNode> all) {
        JsonNode first = RunningApi.get(tasks + "/" + all.get(0).path("id").asText());
        assertThat(first.path("previousTask").isNull()).isTrue();
        assertThat(first.path("nextTask")).isEqualTo(all.get(1).path("id"));
        JsonNode last = RunningApi.get(tasks + "/" + all.get(11).path("id").asText());
        assertThat(last.path("nextTask").isNull()).isTrue();
        assertThat(last.path("previousTask")).isEqualTo(all.get(10).path("id"));
    }

    /** Every filter lets through what has what it asks for, by the grids themselves. */
    private static void assertFilters(String tasks, List<JsonNode> all) throws Exception {
        String name = all.get(4).path("name").asText();
        assertThat(SetTasks.ids(tasks + "?find=" + name.substring(2).toUpperCase(Locale.ROOT)))
                .contains(name);
        assertThat(SetTasks.ids(tasks + "?find=there is no such name")).isEmpty();
        Map<String, List<String>> bySize = new HashMap<>();
        Map<Integer, Set<String>> byColour = new HashMap<>();
        for (JsonNode task : all) {
            JsonNode one = RunningApi.get(tasks + "/" + task.path("id").asText());
            int side = side(one);
            String size = side <= 10 ? "small" : side <= 20 ? "medium" : "large";
            bySize.computeIfAbsent(size, none -> new ArrayList<>())
                    .add(task.path("id").asText());
            colours(one).forEach(colour -> byColour.computeIfAbsent(colour, none -> new HashSet<>())
                    .add(task.path("id").asText()));
        }
        for (String size : List.of("small", "medium", "large")) {
            assertThat(SetTasks.ids(tasks + "?size=" + size)).as(size).isEqualTo(bySize.getOrDefault(size, List.of()));
        }
        for (int colour = 0; colour < 10; colour++) {
            assertThat(new HashSet<>(SetTasks.ids(tasks + "?colours=" + colour)))
                    .isEqualTo(byColour.getOrDefault(colour, Set.of()));
        }
        Set<String> both = new HashSet<>(byColour.getOrDefault(0, Set.of()));
        both.retainAll(byColour.getOrDefault(1, Set.of()));
        assertThat(new HashSet<>(SetTasks.ids(tasks + "?colours=1,0"))).isEqualTo(both);
    }

    private static void assertRefusals(String tasks) {
        String page = tasks.substring("/api/puzzle-".length());
        for (String unknown : List.of("/nobody", "/1")) {
            assertThat(given().urlEncodingEnabled(false)
                            .get("/" + page + unknown)
                            .statusCode())
                    .as(unknown)
                    .isEqualTo(404);
        }
        assertThat(given().get("/sets/nowhere/tasks").statusCode()).isEqualTo(404);
        assertThat(RunningApi.refused(tasks + "/nobody", 404).path("problem").asText())
                .contains("no task 'nobody'");
        RunningApi.refused(tasks + "/nobody/answers", 404);
        RunningApi.refused("/api/puzzle-sets/nowhere/tasks", 404);
        RunningApi.refused("/api/puzzle-sets/nowhere/tasks/1", 404);
        assertThat(RunningApi.refused(tasks + "?size=huge", 400).path("remedy").asText())
                .contains("small, medium, large");
        assertThat(RunningApi.refused(tasks + "?solved=some", 400)
                        .path("remedy")
                        .asText())
                .contains("nobody, one, all");
        assertThat(RunningApi.refused(tasks + "?sort=luck", 400).path("remedy").asText())
                .contains("number, solved");
        for (String wrong : List.of("limit=0", "limit=201", "colours=a", "colours=10", "after=x")) {
            assertThat(given().get(tasks + "?" + wrong).statusCode()).as(wrong).isIn(400, 404);
        }
        assertThat(given().queryParam("find", "x".repeat(65)).get(tasks).statusCode())
                .isEqualTo(400);
    }

    @Test
    void of_sudokus() throws Exception {
        StoredSet set = StoredSet.sudoku(jdbi, store, "looked-sudoku", 0, 20);
        String tasks = "/api/puzzle-sets/looked-sudoku/tasks";
        assertThat(SetTasks.ids(tasks))
                .isEqualTo(
                        IntStream.rangeClosed(1, 20).mapToObj(Integer::toString).toList());
        assertThat(SetTasks.ids(tasks + "?find=17")).containsExactly("17");
        assertThat(given().queryParam("find", "#3").get(tasks).statusCode()).isEqualTo(200);
        assertThat(SetTasks.ids(tasks + "?find=21")).isEmpty();
        assertThat(RunningApi.refused(tasks + "?size=small", 400).path("remedy").asText())
                .contains("leave `size` and `colours` out");
        for (String wrong : List.of("0", "21", "01", "-1", "1.0", "4294967297")) {
            assertThat(RunningApi.refused(tasks + "/" + wrong, 404)
                            .path("remedy")
                            .asText())
                    .isEqualTo("its tasks are 1 to 20");
        }
        JsonNode third = RunningApi.get(tasks + "/3");
        assertThat(third.path("name").asText()).isEqualTo("#3");
        assertThat(third.path("demonstrations")).isEmpty();
        assertThat(third.path("outputs").path(0).path("expected").path("cells").binaryValue())
                .isEqualTo(set.set().solution(2, 0).cells());
        SetTasks.assertPages(tasks, "?sort=-number");
        UUID evaluation = set.plan(jdbi, "looked-sudoku");
        new RunningApi(kafka).finish(evaluation, set.answers(evaluation, 12));
        SetTasks.awaitModels(jdbi, tasks, 1);
        JsonNode page = RunningApi.get("/api/evaluations/" + evaluation + "/tasks?only=right");
        assertThat(RunningApi.get(tasks + "?solved=all").path("total").asInt())
                .isEqualTo(page.path("total").asInt());
        assertThat(RunningApi.get(tasks + "?solved=nobody&sort=-solved&limit=1")
                        .path("total")
                        .asInt())
                .isEqualTo(20 - page.path("total").asInt());
        SetTasks.assertPages(tasks, "?sort=-solved");
        JsonNode answer = RunningApi.get(tasks + "/3/answers").path("answers").path(0);
        assertThat(answer.path("evaluation").asText()).isEqualTo(evaluation.toString());
        assertThat(answer.path("outputs").path(0).path("attempts")).hasSize(1);
    }

    /** All grids but the solutions of the test. */
    private static List<JsonNode> grids(JsonNode task) {
        List<JsonNode> grids = new ArrayList<>();
        for (JsonNode pair : task.path("demonstrations")) {
            grids.add(pair.path("input"));
            grids.add(pair.path("output"));
        }
        task.path("outputs").forEach(output -> grids.add(output.path("input")));
        return grids;
    }

    private static int side(JsonNode task) {
        return grids(task).stream()
                .mapToInt(grid ->
                        Math.max(grid.path("rows").asInt(), grid.path("columns").asInt()))
                .max()
                .orElseThrow();
    }

    private static Set<Integer> colours(JsonNode task) throws Exception {
        Set<Integer> colours = new HashSet<>();
        for (JsonNode grid : grids(task)) {
            for (byte cell : grid.path("cells").binaryValue()) {
                colours.add((int) cell);
            }
        }
        return colours;
    }
}
