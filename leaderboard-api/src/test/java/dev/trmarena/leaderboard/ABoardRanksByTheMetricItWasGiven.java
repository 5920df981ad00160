package dev.trmarena.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.messages.Outcome;
import dev.trmarena.puzzles.set.PuzzleKind;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Order, ranks, scores and intervals of a board follow its own metric; nothing else changes. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ABoardRanksByTheMetricItWasGiven {
    private static final String SET = "/api/puzzle-sets/demo";

    @Inject
    Jdbi jdbi;

    @Inject
    ArtifactStore store;

    @ConfigProperty(name = "arena.kafka")
    String kafka;

    @AfterEach
    void back() {
        RunningApi.put(SET + "/ranking", "{\"metric\":\"pass@2\"}", 200);
    }

    @Test
    void every_score_of_the_kind_can_rank() throws Exception {
        var api = new RunningApi(kafka);
        // The units of the second half answer with padding: the scores of the two differ, whatever the definition.
        PlannedDemo whole = PlannedDemo.plan(jdbi, store, "ranked, whole");
        PlannedDemo half = PlannedDemo.plan(jdbi, store, "ranked, half");
        var answers = new ArrayList<Outcome>();
        for (int unit = 0; unit < half.unitCount(); unit++) {
            answers.add(unit < half.unitCount() / 2 ? half.solved(unit) : half.padding(unit));
        }
        api.finish(half.evaluation(), answers);
        answers.clear();
        for (int unit = 0; unit < whole.unitCount(); unit++) {
            answers.add(whole.solved(unit));
        }
        JsonNode evaluation = api.finish(whole.evaluation(), answers);
        assertThat(PuzzleKind.ARC.metrics())
                .as("the kind names all scores there are")
                .containsExactlyInAnyOrderElementsOf(
                        () -> evaluation.path("scores").fieldNames());

        for (String metric : PuzzleKind.ARC.rankingMetrics()) {
            JsonNode set = RunningApi.put(SET + "/ranking", "{\"metric\":\"" + metric + "\"}", 200);
            assertThat(set.path("mainMetric").asText()).isEqualTo(metric);
            JsonNode board = RunningApi.get(SET + "/leaderboard");
            assertThat(board.path("metric").asText()).isEqualTo(metric);
            requireOrderedBy(metric, board.path("entries"));
            assertThat(RunningApi.get("/api/evaluations/" + half.evaluation())
                            .path("mainMetric")
                            .asText())
                    .isEqualTo(metric);
        }
        assertThat(RunningApi.get("/api/evaluations/" + whole.evaluation()).path("scores"))
                .as("nothing is scored anew")
                .isEqualTo(evaluation.path("scores"));
    }

    private static void requireOrderedBy(String metric, JsonNode entries) {
        assertThat(entries.size()).isGreaterThanOrEqualTo(2);
        List<Double> scores = IntStream.range(0, entries.size())
                .mapToObj(i -> entries.get(i).path("score").asDouble())
                .toList();
        assertThat(scores).isSortedAccordingTo(Comparator.reverseOrder());
        for (JsonNode entry : entries) {
            assertThat(entry.path("score"))
                    .as(metric)
                    .isEqualTo(entry.path("scores").path(metric));
            double score = entry.path("score").asDouble();
            assertThat(entry.path("rank").asInt())
                    .isEqualTo(1
                            + (int) scores.stream()
                                    .filter(other -> other > score)
                                    .count());
            assertThat(score)
                    .isBetween(
                            entry.path("interval").path("low").asDouble(),
                            entry.path("interval").path("high").asDouble());
        }
    }

    @Test
    void another_name_is_refused_with_those_there_are() throws Exception {
        PlannedDemo.plan(jdbi, store, "never finished");
        JsonNode problem = RunningApi.put(SET + "/ranking", "{\"metric\":\"valid_path\"}", 400);
        assertThat(problem.path("problem").asText()).contains("valid_path", "no score", "kind arc");
        assertThat(RunningApi.put(SET + "/ranking", "{\"metric\":\"exact_accuracy\"}", 400)
                        .path("problem")
                        .asText())
                .as("a score that is there and does not rank")
                .contains("exact_accuracy", "stands beside");
        assertThat(problem.path("remedy").asText()).contains("pass@1000", "arc_prize", "kaggle", "strict");
        assertThat(RunningApi.put(SET + "/ranking", "{}", 400).path("problem").asText())
                .contains("'metric' is missing");
        assertThat(RunningApi.put("/api/puzzle-sets/nobody/ranking", "{\"metric\":\"strict\"}", 404)
                        .path("problem")
                        .asText())
                .contains("nobody");
        assertThat(RunningApi.get(SET).path("mainMetric").asText()).isEqualTo("pass@2");
    }
}
