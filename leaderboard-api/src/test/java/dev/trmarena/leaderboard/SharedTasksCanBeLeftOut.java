package dev.trmarena.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.plan.Overlaps;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A board without the tasks of another set: scores, order and groups are those of the tasks that remain. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SharedTasksCanBeLeftOut {
    @Inject
    Jdbi jdbi;

    @Inject
    ArtifactStore store;

    @ConfigProperty(name = "arena.kafka")
    String kafka;

    @Test
    void by_naming_the_set_that_has_them_too() throws Exception {
        var api = new RunningApi(kafka);
        var whole = StoredSet.built(jdbi, store, "arc-agi-1-whole", 0, 12, 3, true);
        StoredSet.built(jdbi, store, "last-five", 7, 12, 3, true);
        List<UUID> evaluations = new ArrayList<>();
        for (int seed = 0; seed < 4; seed++) {
            UUID evaluation = whole.plan(jdbi, "model " + seed);
            api.finish(evaluation, whole.answers(evaluation, seed));
            evaluations.add(evaluation);
        }
        String board = "/api/puzzle-sets/arc-agi-1-whole/leaderboard";
        JsonNode all = RunningApi.get(board);
        assertThat(all.path("without").isNull()).isTrue();
        assertThat(all.path("published")).isNotEmpty();

        JsonNode left = RunningApi.get(board + "?without=last-five");
        assertThat(left.path("without").path("set").asText()).isEqualTo("last-five");
        assertThat(left.path("without").path("leftOut").asInt()).isEqualTo(5);
        assertThat(left.path("without").path("remaining").asInt()).isEqualTo(7);
        assertThat(left.path("published")).as("they are about all tasks").isEmpty();
        assertThat(left.path("entries").size()).isEqualTo(4);
        double before = 1;
        int group = 1;
        for (JsonNode entry : left.path("entries")) {
            requireScores(entry, left.path("metric").asText());
            assertThat(entry.path("score").asDouble()).isLessThanOrEqualTo(before);
            assertThat(entry.path("tieGroup").asInt()).isGreaterThanOrEqualTo(group);
            before = entry.path("score").asDouble();
            group = entry.path("tieGroup").asInt();
        }
        assertThat(left.path("entries").get(0).path("rank").asInt()).isEqualTo(1);
        assertThat(RunningApi.get(board + "?without=last-five"))
                .as("the second time from memory")
                .isEqualTo(left);
        assertThat(RunningApi.get(board)).isEqualTo(all);
    }

    /** Against what the task pages say of the first seven tasks. */
    private static void requireScores(JsonNode entry, String metric) {
        JsonNode tasks = RunningApi.get(
                        "/api/evaluations/" + entry.path("evaluation").asText() + "/tasks?limit=500")
                .path("tasks");
        List<String> names = new ArrayList<>();
        tasks.forEach(task -> names.add(task.path("name").asText()));
        List<String> kept = names.stream().sorted().toList().subList(0, 7);
        double shares = 0;
        int solved = 0;
        int outputs = 0;
        int strict = 0;
        for (JsonNode task : tasks) {
            if (kept.contains(task.path("name").asText())) {
                shares += task.path("solved").asInt() / task.path("outputs").asDouble();
                solved += task.path("solved").asInt();
                outputs += task.path("outputs").asInt();
                strict += task.path("solved").equals(task.path("outputs")) ? 1 : 0;
            }
        }
        JsonNode scores = entry.path("scores");
        assertThat(scores.path("pass@2").asDouble()).isCloseTo(shares / 7, within(1e-12));
        assertThat(scores.path("arc_prize").asDouble()).isCloseTo(shares / 7, within(1e-12));
        assertThat(scores.path("kaggle").asDouble()).isCloseTo(solved / (double) outputs, within(1e-12));
        assertThat(scores.path("strict").asDouble()).isCloseTo(strict / 7.0, within(1e-12));
        assertThat(entry.path("score")).isEqualTo(scores.path(metric));
        assertThat(entry.path("score").asDouble())
                .isBetween(
                        entry.path("interval").path("low").asDouble(),
                        entry.path("interval").path("high").asDouble());
    }

    @Test
    void of_exact_match_only_the_score_that_follows_from_what_is_stored_remains() throws Exception {
        var whole = StoredSet.sudoku(jdbi, store, "sudoku-whole", 0, 100);
        StoredSet.sudoku(jdbi, store, "sudoku-part", 60, 140);
        UUID evaluation = whole.plan(jdbi, "guesser");
        new RunningApi(kafka).finish(evaluation, whole.answers(evaluation, 3));
        RunningApi.put("/api/puzzle-sets/sudoku-whole/ranking", "{\"metric\":\"accuracy\"}", 200);
        String board = "/api/puzzle-sets/sudoku-whole/leaderboard";
        JsonNode all = RunningApi.get(board);
        assertThat(all.path("metric").asText()).isEqualTo("accuracy");
        assertThat(all.path("entries").get(0).path("interval").isNull()).isTrue();

        JsonNode left = RunningApi.get(board + "?without=sudoku-part");
        assertThat(left.path("metric").asText()).as("accuracy cannot be had").isEqualTo("exact_accuracy");
        assertThat(left.path("without").path("remaining").asInt()).isEqualTo(60);
        JsonNode entry = left.path("entries").get(0);
        assertThat(entry.path("scores").size()).isEqualTo(1);
        int right = 0;
        for (JsonNode task : RunningApi.get("/api/evaluations/" + evaluation + "/tasks?limit=60")
                .path("tasks")) {
            right += task.path("solved").asInt();
        }
        assertThat(right).isBetween(1, 59);
        assertThat(entry.path("score").asDouble()).isEqualTo(right / 60.0);
        assertThat(entry.path("interval").path("low").asDouble())
                .isLessThan(entry.path("score").asDouble());
    }

    @Test
    void which_they_are_is_told_by_name_and_counted_where_there_are_many() throws Exception {
        StoredSet.built(jdbi, store, "five-to-nine", 5, 9, 1, true);
        StoredSet.built(jdbi, store, "seven-to-eleven", 7, 11, 1, true);
        assertThat(overlap("five-to-nine", "seven-to-eleven").path("taskCount").asInt())
                .isEqualTo(2);
        jdbi.useHandle(
                handle -> handle.execute("update puzzle_set set compared = false where name = 'seven-to-eleven'"));
        jdbi.useHandle(handle -> handle.execute("delete from overlap"));
        JsonNode uncounted = overlap("five-to-nine", "seven-to-eleven");
        assertThat(uncounted.path("counted").asBoolean()).isFalse();
        assertThat(uncounted.path("taskCount").asInt()).isZero();
        assertThat(uncounted.path("tasks")).isEmpty();
        assertThat(Overlaps.countNext(jdbi, () -> {})).isTrue();
        assertThat(overlap("five-to-nine", "seven-to-eleven").path("counted").asBoolean())
                .isTrue();
        JsonNode there = overlap("five-to-nine", "seven-to-eleven").path("tasks");
        assertThat(overlap("seven-to-eleven", "five-to-nine").path("tasks")).isEqualTo(there);
        List<String> names = new ArrayList<>();
        there.forEach(task -> names.add(task.asText()));
        assertThat(names).hasSize(2).doesNotHaveDuplicates();

        StoredSet.sudoku(jdbi, store, "sudoku-long", 0, 290);
        StoredSet.sudoku(jdbi, store, "sudoku-longer", 10, 300);
        JsonNode many = overlap("sudoku-long", "sudoku-longer");
        assertThat(many.path("taskCount").asInt()).isEqualTo(280);
        assertThat(many.path("tasks").size()).isEqualTo(200);
    }

    private static JsonNode overlap(String set, String other) {
        for (JsonNode overlap : RunningApi.get("/api/puzzle-sets/" + set + "/overlaps")) {
            if (overlap.path("set").asText().equals(other)) {
                return overlap;
            }
        }
        throw new AssertionError(set + " says nothing of " + other);
    }

    @Test
    void what_cannot_be_left_out_is_refused_with_the_reason() throws Exception {
        StoredSet.built(jdbi, store, "first-three", 0, 3, 1, true);
        StoredSet.built(jdbi, store, "next-three", 3, 6, 1, true);
        String board = "/api/puzzle-sets/first-three/leaderboard?without=";
        assertThat(RunningApi.refused(board + "next-three", 409).path("problem").asText())
                .contains("shares no task with next-three");
        assertThat(RunningApi.refused(board + "first-three", 409)
                        .path("problem")
                        .asText())
                .contains("all 3 tasks", "none would remain");
        assertThat(RunningApi.refused(board + "nobody", 404).path("problem").asText())
                .contains("there is no puzzle set 'nobody'");
    }
}
