package dev.trmarena.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.puzzles.set.PuzzleKind;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The tasks of a set say what the evaluations on it say of them, in every order and with every filter. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ModelsAnswerTheTasksOfASet {
    @Inject
    Jdbi jdbi;

    @Inject
    ArtifactStore store;

    @ConfigProperty(name = "arena.kafka")
    String kafka;

    @Test
    void of_an_arc_set_that_models_were_evaluated_on() throws Exception {
        StoredSet set = StoredSet.built(jdbi, store, "looked-back", 0, 12, 5, true);
        UUID one = set.plan(jdbi, "looked-one");
        UUID two = set.plan(jdbi, "looked-two");
        var api = new RunningApi(kafka);
        Map<String, JsonNode> evaluations = new HashMap<>();
        evaluations.put("looked-one", api.finish(one, set.answers(one, 21)));
        evaluations.put("looked-two", api.finish(two, set.answers(two, 22)));
        String tasks = "/api/puzzle-sets/looked-back/tasks";
        SetTasks.awaitModels(jdbi, tasks, 2);
        Map<Integer, Integer> expected = new HashMap<>();
        for (UUID evaluation : List.of(one, two)) {
            for (JsonNode task : RunningApi.get("/api/evaluations/" + evaluation + "/tasks?only=right")
                    .path("tasks")) {
                expected.merge(task.path("index").asInt(), 1, Integer::sum);
            }
        }
        List<JsonNode> all = SetTasks.list(RunningApi.get(tasks).path("tasks"));
        assertThat(all)
                .allMatch(task -> task.path("solved").asInt()
                        == expected.getOrDefault(task.path("index").asInt(), 0));
        assertThat(new HashSet<>(expected.values()))
                .as("enough kinds to tell them apart")
                .contains(1, 2);
        Map<String, Integer> words = Map.of("nobody", 0, "one", 1, "all", 2);
        words.forEach((word, solvers) -> {
            List<String> wanted = all.stream()
                    .filter(task -> task.path("solved").asInt() == solvers)
                    .map(task -> task.path("id").asText())
                    .toList();
            assertThat(SetTasks.ids(tasks + "?solved=" + word)).as(word).isEqualTo(wanted);
            assertThat(RunningApi.get(tasks + "?solved=" + word).path("total").asInt())
                    .isEqualTo(wanted.size());
            assertThat(RunningApi.get(tasks + "?size=small&solved=" + word)
                            .path("total")
                            .asInt())
                    .isEqualTo(
                            SetTasks.ids(tasks + "?size=small&solved=" + word).size());
            SetTasks.assertPages(tasks, "?solved=" + word);
            SetTasks.assertPages(tasks, "?sort=-number&solved=" + word);
        });
        List<Integer> hardest = SetTasks.solved(tasks + "?sort=solved");
        assertThat(hardest).isSorted();
        List<String> easiest = SetTasks.ids(tasks + "?sort=-solved");
        Collections.reverse(easiest);
        assertThat(easiest).isEqualTo(SetTasks.ids(tasks + "?sort=solved"));
        SetTasks.assertPages(tasks, "?sort=solved");
        SetTasks.assertPages(tasks, "?sort=-solved&size=small");
        RunningApi.refused(tasks + "?sort=solved&after=4711", 400);
        assertAnswers(tasks, all, evaluations);
    }

    /** They say what the evaluations themselves say of the task, the best evaluation first. */
    private static void assertAnswers(String tasks, List<JsonNode> all, Map<String, JsonNode> evaluations) {
        for (JsonNode task : all) {
            String address = tasks + "/" + task.path("id").asText() + "/answers";
            List<JsonNode> answers = SetTasks.list(RunningApi.get(address).path("answers"));
            assertThat(answers).hasSize(2);
            double best = score(evaluations, answers.get(0));
            assertThat(best).isGreaterThanOrEqualTo(score(evaluations, answers.get(1)));
            assertThat(answers.stream()
                            .filter(answer -> answer.path("solved").asBoolean())
                            .count())
                    .isEqualTo(task.path("solved").asInt());
            for (JsonNode answer : answers) {
                assertThat(answer.path("ran").asBoolean()).isTrue();
                JsonNode detail = RunningApi.get("/api/evaluations/"
                        + answer.path("evaluation").asText() + "/tasks/"
                        + task.path("index").asInt());
                for (JsonNode output : answer.path("outputs")) {
                    JsonNode same =
                            detail.path("outputs").path(output.path("index").asInt());
                    assertThat(output.path("solutionRank")).isEqualTo(same.path("solutionRank"));
                    assertThat(SetTasks.list(output.path("attempts")))
                            .isEqualTo(SetTasks.list(same.path("candidates")).stream()
                                    .limit(2)
                                    .toList());
                }
            }
            JsonNode first = RunningApi.get(address + "?limit=1");
            assertThat(SetTasks.list(first.path("answers"))).isEqualTo(answers.subList(0, 1));
            JsonNode second = RunningApi.get(
                    address + "?limit=1&after=" + first.path("next").asInt());
            assertThat(SetTasks.list(second.path("answers"))).isEqualTo(answers.subList(1, 2));
            assertThat(second.path("next").isNull()).isTrue();
        }
    }

    private static double score(Map<String, JsonNode> evaluations, JsonNode answer) {
        return Objects.requireNonNull(evaluations.get(answer.path("model").asText()))
                .path("scores")
                .path(PuzzleKind.ARC.mainMetric())
                .asDouble();
    }

    @Test
    void whose_solutions_are_hidden() throws Exception {
        StoredSet set = StoredSet.built(jdbi, store, "looked-hidden", 0, 4, 2, false);
        UUID evaluation = set.plan(jdbi, "looked-hidden");
        new RunningApi(kafka).finish(evaluation, set.answers(evaluation, 5));
        String tasks = "/api/puzzle-sets/looked-hidden/tasks";
        SetTasks.awaitModels(jdbi, tasks, 1);
        JsonNode page = RunningApi.get(tasks);
        assertThat(page.path("solutionsHidden").asBoolean()).isTrue();
        RunningApi.refused(tasks + "?solved=nobody", 409);
        RunningApi.refused(tasks + "?sort=solved", 409);
        String id = page.path("tasks").path(0).path("id").asText();
        JsonNode task = RunningApi.get(tasks + "/" + id);
        assertThat(task.path("outputs").path(0).path("expected").isNull()).isTrue();
        JsonNode answer =
                RunningApi.get(tasks + "/" + id + "/answers").path("answers").path(0);
        assertThat(answer.path("solved").isNull()).isTrue();
        assertThat(answer.path("outputs")
                        .path(0)
                        .path("attempts")
                        .path(0)
                        .path("correct")
                        .isNull())
                .isTrue();
    }

    /** Of a set of millions a page costs what a page costs, and nothing of the set's size is counted for whoever asks. */
    @Test
    void far_into_a_set() throws Exception {
        StoredSet set = StoredSet.largeSudoku(jdbi, store, 100_000);
        UUID evaluation = set.plan(jdbi, "looked-far");
        jdbi.useTransaction(handle -> {
            handle.execute(
                    "insert into test_output select ?, task, 0, 1, case when task % 2 = 0 then 1 end, 0"
                            + " from generate_series(0, 99999) task",
                    evaluation);
            handle.execute("update evaluation set state = 'finished', finished_at = now() where id = ?", evaluation);
        });
        String tasks = "/api/puzzle-sets/" + set.name() + "/tasks";
        SetTasks.awaitModels(jdbi, tasks, 1);
        assertThat(RunningApi.get(tasks + "?solved=all").path("total").asInt()).isEqualTo(50_000);
        assertThat(SetTasks.ids(tasks + "?solved=all&after=90000&limit=3")).containsExactly("90003", "90005", "90007");
        assertThat(SetTasks.ids(tasks + "?sort=-solved&after=90001&limit=2")).containsExactly("90000", "89998");
        assertThat(SetTasks.ids(tasks + "?sort=-number&limit=2")).containsExactly("100000", "99999");
    }
}
