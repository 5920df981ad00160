package dev.trmarena.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.board.TaskSort;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The list of tasks says the same of each task as the task itself, whatever is left out of it and however it is ordered. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TasksAreTakenByVerdictAndOrder {
    private static final List<String> OF_ARC = List.of("first", "second", "later", "partly", "never");

    @Inject
    Jdbi jdbi;

    @Inject
    ArtifactStore store;

    @ConfigProperty(name = "arena.kafka")
    String kafka;

    @Test
    void of_an_arc_set() throws Exception {
        var set = StoredSet.built(jdbi, store, "wall", 0, 12, 5, true);
        UUID evaluation = set.plan(jdbi, "wall");
        new RunningApi(kafka).finish(evaluation, set.answers(evaluation, 11));
        String tasks = "/api/evaluations/" + evaluation + "/tasks";
        List<JsonNode> all = list(RunningApi.get(tasks).path("tasks"));
        assertThat(all).hasSize(12);
        Map<String, List<Integer>> expected = new HashMap<>();
        for (JsonNode task : all) {
            int index = task.path("index").asInt();
            JsonNode detail = RunningApi.get(tasks + "/" + index);
            String verdict = verdict(detail);
            assertThat(task.path("verdict").asText()).as("task %d", index).isEqualTo(verdict);
            expected.computeIfAbsent(verdict, none -> new ArrayList<>()).add(index);
            assertSums(task, detail);
        }
        assertThat(expected.keySet()).as("enough kinds to tell them apart").hasSizeGreaterThanOrEqualTo(3);
        JsonNode page = RunningApi.get(tasks);
        assertThat(page.path("verdicts").findValuesAsText("verdict")).isEqualTo(OF_ARC);
        for (JsonNode share : page.path("verdicts")) {
            String verdict = share.path("verdict").asText();
            JsonNode filtered = RunningApi.get(tasks + "?only=" + verdict);
            List<Integer> wanted = expected.getOrDefault(verdict, List.of());
            assertThat(indexes(list(filtered.path("tasks")))).as(verdict).isEqualTo(wanted);
            assertThat(share.path("tasks").asInt()).isEqualTo(wanted.size());
            assertThat(filtered.path("total").asInt()).isEqualTo(wanted.size());
        }
        assertOrders(tasks, all);
        assertThat(indexes(list(
                        RunningApi.get(tasks + "?offset=3&limit=4&sort=-number").path("tasks"))))
                .containsExactly(8, 7, 6, 5);
        for (String sort : TaskSort.requests()) {
            assertPages(tasks, "?sort=" + sort);
        }
        assertPages(tasks, "?sort=halt&only=wrong");
        assertRefusals(tasks);
    }

    /** Page after page is the same list. */
    private static void assertPages(String tasks, String query) throws Exception {
        List<Integer> whole = indexes(list(RunningApi.get(tasks + query).path("tasks")));
        List<Integer> seen = new ArrayList<>();
        JsonNode next = IntNode.valueOf(-1);
        while (!next.isNull()) {
            String after = seen.isEmpty() ? "" : "&after=" + next.asInt();
            JsonNode page = RunningApi.get(tasks + query + "&limit=3" + after);
            List<Integer> some = indexes(list(page.path("tasks")));
            assertThat(some).hasSizeBetween(1, 3);
            seen.addAll(some);
            next = page.path("next");
            assertThat(next.isNull()).isEqualTo(seen.size() == whole.size());
        }
        assertThat(seen).isEqualTo(whole);
        assertThat(RunningApi.refused(tasks + query + "&after=4711", 400)
                        .path("remedy")
                        .asText())
                .contains("`next` of the page before");
    }

    @Test
    void of_a_set_of_sudokus() throws Exception {
        var set = StoredSet.sudoku(jdbi, store, "wall-sudoku", 0, 20);
        UUID evaluation = set.plan(jdbi, "wall-sudoku");
        new RunningApi(kafka).finish(evaluation, set.answers(evaluation, 12));
        String tasks = "/api/evaluations/" + evaluation + "/tasks";
        JsonNode page = RunningApi.get(tasks);
        assertThat(page.path("verdicts").findValuesAsText("verdict")).containsExactly("right", "wrong");
        assertThat(page.path("right").asInt()).isPositive();
        assertThat(page.path("wrong").asInt()).isPositive();
        for (JsonNode task : page.path("tasks")) {
            int wrong = task.path("wrongCells").asInt();
            assertThat(task.path("verdict").asText()).isEqualTo(wrong == 0 ? "right" : "wrong");
            assertThat(task.path("rightCells").asDouble()).isCloseTo(1 - wrong / 81.0, within(1e-12));
        }
        assertOrders(tasks, list(page.path("tasks")));
        for (String sort : TaskSort.requests()) {
            assertPages(tasks, "?sort=" + sort);
        }
        assertThat(RunningApi.refused(tasks + "?only=later", 400).path("remedy").asText())
                .contains("right, wrong on this set");
    }

    /** By the definition: the worst test output decides; up to 1000 candidates count. */
    private static String verdict(JsonNode detail) {
        int found = 0;
        int worst = 0;
        for (JsonNode output : detail.path("outputs")) {
            JsonNode rank = output.path("solutionRank");
            found += rank.isNull() ? 0 : 1;
            worst = rank.isNull() ? Integer.MAX_VALUE : Math.max(worst, rank.asInt());
        }
        if (found == 0) {
            return "never";
        }
        if (found < detail.path("outputs").size()) {
            return "partly";
        }
        return worst == 1 ? "first" : worst == 2 ? "second" : "later";
    }

    private static void assertSums(JsonNode task, JsonNode detail) {
        double halt = 1;
        int votes = Integer.MAX_VALUE;
        int wrong = 0;
        int cells = 0;
        boolean sized = true;
        for (JsonNode output : detail.path("outputs")) {
            JsonNode first = output.path("candidates").path(0);
            halt = Math.min(halt, first.path("meanHalt").asDouble());
            votes = Math.min(votes, first.path("votes").asInt());
            sized &= first.path("wrongCells").isInt();
            wrong += first.path("wrongCells").asInt();
            cells += output.path("expected").path("rows").asInt()
                    * output.path("expected").path("columns").asInt();
        }
        assertThat(task.path("meanHalt").asDouble()).isEqualTo(halt);
        assertThat(task.path("votes").asInt()).isEqualTo(votes);
        assertThat(task.path("rightCells").isNull()).isEqualTo(!sized);
        if (sized) {
            assertThat(task.path("rightCells").asDouble()).isCloseTo(1 - wrong / (double) cells, within(1e-12));
        }
    }

    private static void assertOrders(String tasks, List<JsonNode> all) {
        assertOrder(tasks, all, "number", task -> task.path("index").asInt());
        assertOrder(tasks, all, "name", task -> task.path("name").asText());
        assertOrder(tasks, all, "votes", task -> task.path("votes").asInt());
        assertOrder(tasks, all, "halt", task -> task.path("meanHalt").asDouble());
        assertOrder(
                tasks,
                all,
                "cells",
                task -> task.path("rightCells").isNull()
                        ? null
                        : Double.valueOf(task.path("rightCells").asDouble()));
        List<String> best =
                RunningApi.get(tasks + "?sort=verdict").path("tasks").findValuesAsText("verdict");
        assertThat(best).isSortedAccordingTo(Comparator.comparing(verdict -> List.of(
                        "first", "second", "later", "partly", "never", "right", "wrong")
                .indexOf(verdict)));
        List<String> worst =
                RunningApi.get(tasks + "?sort=-verdict").path("tasks").findValuesAsText("verdict");
        Collections.reverse(worst);
        assertThat(worst).isEqualTo(best);
    }

    private static <V extends Comparable<V>> void assertOrder(
            String tasks, List<JsonNode> all, String sort, Function<JsonNode, @Nullable V> value) {
        for (boolean descending : List.of(false, true)) {
            Comparator<V> order = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
            List<JsonNode> wanted = new ArrayList<>(all);
            wanted.sort(Comparator.comparing(value, Comparator.nullsLast(order)));
            String asked = (descending ? "-" : "") + sort;
            assertThat(indexes(list(RunningApi.get(tasks + "?sort=" + asked).path("tasks"))))
                    .as(asked)
                    .isEqualTo(indexes(wanted));
        }
    }

    private static void assertRefusals(String tasks) {
        assertThat(RunningApi.refused(tasks + "?only=perhaps", 400)
                        .path("remedy")
                        .asText())
                .contains("right, wrong, first, second, later, partly, never on this set");
        assertThat(RunningApi.refused(tasks + "?sort=luck", 400).path("remedy").asText())
                .contains("number, name, verdict, votes, halt, cells");
        assertThat(RunningApi.refused(tasks + "?limit=501", 400).path("remedy").asText())
                .contains("1 to 500");
        JsonNode both = RunningApi.refused(tasks + "?limit=0&offset=-1", 400);
        assertThat(both.path("problem").asText()).isEqualTo("'limit' is 0; 'offset' is -1");
        assertThat(both.path("remedy").asText()).isEqualTo("a limit is from 1 to 500; an offset is at least 0");
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static List<Integer> indexes(List<JsonNode> tasks) {
        return tasks.stream().map(task -> task.path("index").asInt()).toList();
    }
}
