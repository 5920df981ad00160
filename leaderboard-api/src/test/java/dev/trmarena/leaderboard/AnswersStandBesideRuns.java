package dev.trmarena.leaderboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.plan.AnswersEntries;
import dev.trmarena.db.plan.NewAnswers;
import dev.trmarena.db.plan.PuzzleSets;
import dev.trmarena.messages.Outcome;
import dev.trmarena.puzzles.answers.AnsweredTasks;
import dev.trmarena.puzzles.answers.ScoreAnswers;
import dev.trmarena.puzzles.answers.ScoredAnswers;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetManifest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers of another system are scored, shown and compared as a run is, and stand in no rank of one. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AnswersStandBesideRuns {
    @Inject
    Jdbi jdbi;

    @Inject
    ArtifactStore store;

    @ConfigProperty(name = "arena.kafka")
    String kafka;

    @TempDir
    Path folder;

    @Test
    void a_runs_own_submission_fed_back_has_its_scores_and_its_tasks() throws Exception {
        var set = StoredSet.built(jdbi, store, "arc-agi-1-answered", 0, 12, 2, true);
        StoredSet.built(jdbi, store, "answered-last-five", 7, 12, 2, true);
        UUID run = set.plan(jdbi, "a run");
        JsonNode ran = new RunningApi(kafka).finish(run, set.answers(run, 5));
        String submission = text("/api/evaluations/" + run + "/submission.json");
        UUID answers = entered(set, "answers", submission);

        JsonNode entered = RunningApi.get("/api/evaluations/" + answers);
        for (String metric : List.of("pass@2", "arc_prize", "kaggle", "strict")) {
            assertThat(entered.path("scores").path(metric))
                    .as(metric)
                    .isEqualTo(ran.path("scores").path(metric));
            assertThat(entered.path("intervals").path(metric))
                    .as(metric)
                    .isEqualTo(ran.path("intervals").path(metric));
        }
        assertThat(entered.path("scores").path("pass@2").asDouble()).isBetween(0.01, 0.99);
        assertThat(entered.path("answers").path("label").asText()).isEqualTo("answers, scored here, not run here");
        assertThat(text("/api/evaluations/" + answers + "/submission.json")).isEqualTo(submission);

        JsonNode compared = RunningApi.get("/api/compare?e=" + answers + "," + run);
        JsonNode pair = compared.path("pairs").get(0);
        assertThat(pair.path("onlyFirst").asInt() + pair.path("onlySecond").asInt())
                .isZero();
        assertThat(pair.path("both").asInt()).isPositive();
        assertThat(pair.path("pValue").asDouble()).isEqualTo(1);
        JsonNode tasks = RunningApi.get("/api/evaluations/" + answers + "/tasks?limit=500");
        assertThat(tasks.path("tasks").size()).isEqualTo(12);
        JsonNode task = RunningApi.get("/api/evaluations/" + answers + "/tasks/0");
        assertThat(task.path("outputs")
                        .get(0)
                        .path("candidates")
                        .get(0)
                        .path("grid")
                        .isMissingNode())
                .isFalse();
        assertThat(text("/api/evaluations/" + answers + "/tasks.csv").lines().count())
                .isGreaterThan(12);

        String board = "/api/puzzle-sets/arc-agi-1-answered/leaderboard";
        requireBoard(RunningApi.get(board), run, answers);
        JsonNode left = RunningApi.get(board + "?without=answered-last-five");
        assertThat(left.path("answers").get(0).path("scores").path("kaggle"))
                .isEqualTo(left.path("entries").get(0).path("scores").path("kaggle"));
        assertThat(left.path("answers").get(0).path("scores").has("pass@5"))
                .as("nobody answered five times")
                .isFalse();
        assertThat(text("/api/evaluations/" + answers + "/model-index.yaml"))
                .contains("kaggle, answers, scored here, not run here");
        assertThat(RunningApi.get("/api/models/answers/evaluations")
                        .path("evaluations")
                        .get(0)
                        .path("fileName")
                        .asText())
                .isEqualTo("submission.json");
    }

    /** Whatever was answered: many tasks or few, with votes of many augmentations or of none, with ties of both. */
    @ParameterizedTest
    @CsvSource({"1,0,12,2", "2,0,5,0", "3,3,12,4", "4,7,12,1", "5,0,12,0", "6,2,9,3"})
    void the_submission_of_any_run_fed_back_has_its_scores(long seed, int from, int until, int augmentations)
            throws Exception {
        var set = StoredSet.built(jdbi, store, "fed-back-" + seed, from, until, augmentations, true);
        UUID run = set.plan(jdbi, "fed back " + seed);
        requireScoresOf(new RunningApi(kafka).finish(run, set.answers(run, seed)), set);
    }

    @Test
    void the_submission_of_the_authors_answers_fed_back_has_their_scores() throws Exception {
        PlannedDemo demo = PlannedDemo.plan(jdbi, store, "the authors' answers");
        List<Outcome> outcomes = new ArrayList<>();
        for (int unit = 0; unit < demo.unitCount(); unit++) {
            outcomes.add(demo.solved(unit));
        }
        JsonNode ran = new RunningApi(kafka).finish(demo.evaluation(), outcomes);
        var manifest = PuzzleSetManifest.fromJson(Files.readAllBytes(store.path(demo.setManifest())));
        requireScoresOf(ran, new StoredSet(jdbi, "demo", demo.setManifest(), PuzzleSet.open(manifest, store::path)));
    }

    private void requireScoresOf(JsonNode ran, StoredSet set) throws IOException {
        String run = ran.path("id").asText();
        UUID answers = entered(set, "back " + run, text("/api/evaluations/" + run + "/submission.json"));
        JsonNode entered = RunningApi.get("/api/evaluations/" + answers);
        for (String metric : List.of("pass@1", "pass@2", "arc_prize", "kaggle", "strict")) {
            assertThat(ran.path("scores").path(metric).isNumber()).as(metric).isTrue();
            assertThat(entered.path("scores").path(metric))
                    .as(metric)
                    .isEqualTo(ran.path("scores").path(metric));
            assertThat(entered.path("intervals").path(metric))
                    .as(metric)
                    .isEqualTo(ran.path("intervals").path(metric));
        }
    }

    @Test
    void what_only_a_run_has_is_refused_by_name() throws Exception {
        var set = StoredSet.built(jdbi, store, "answered-alone", 0, 3, 0, true);
        String name = set.set().taskName(0);
        UUID answers = entered(set, "answers alone", "{\"" + name + "\":[{\"attempt_1\":[[0]]}]}");
        String path = "/api/evaluations/" + answers;
        for (String absent :
                List.of("/tasks/0/replay", "/predictions.jsonl", "/predictions.npy", "/every-eval-ever.json")) {
            assertThat(RunningApi.refused(path + absent, 409).path("problem").asText())
                    .contains("scored here, not run here");
        }
        assertThat(RunningApi.get(path + "/steps").path("steps")).isEmpty();
        assertThat(RunningApi.get(path + "/variants")).isEmpty();
        assertThat(RunningApi.get(path + "/repeats").path("evaluations")).hasSize(1);
        assertThat(RunningApi.get(path + "/history")
                        .path("events")
                        .get(0)
                        .path("event")
                        .asText())
                .isEqualTo("finished");
        JsonNode board = RunningApi.get("/api/puzzle-sets/answered-alone/leaderboard");
        assertThat(board.path("entries")).isEmpty();
        assertThat(board.path("protocol").isNull()).isTrue();
        assertThat(board.path("answers")).hasSize(1);
    }

    private static void requireBoard(JsonNode board, UUID run, UUID answers) {
        assertThat(board.path("entries")).hasSize(1);
        assertThat(board.path("entries").get(0).path("evaluation").asText()).isEqualTo(run.toString());
        assertThat(board.path("entries").get(0).path("rank").asInt()).isEqualTo(1);
        assertThat(board.path("published")).isNotEmpty();
        JsonNode beside = board.path("answers").get(0);
        assertThat(beside.path("evaluation").asText()).isEqualTo(answers.toString());
        assertThat(beside.has("rank")).isFalse();
        assertThat(beside.path("score")).isEqualTo(board.path("entries").get(0).path("score"));
        assertThat(beside.path("dollarsPerTask").asDouble()).isEqualTo(0.5);
        assertThat(board.path("protocols")).hasSize(1);
    }

    private static String text(String path) {
        return given().get(path).then().statusCode(200).extract().asString();
    }

    /** As ingest does it. */
    private UUID entered(StoredSet set, String model, String submission) throws IOException {
        Path file = Files.writeString(folder.resolve("submission.json"), submission);
        ScoredAnswers scored =
                ScoreAnswers.score(AnsweredTasks.of(set.set()), file, file.resolveSibling("arrays"), false);
        UUID id = UUID.randomUUID();
        jdbi.useTransaction(handle -> {
            UUID setId = PuzzleSets.find(handle, set.name()).orElseThrow().id();
            AnswersEntries.insert(
                    handle,
                    new NewAnswers(
                            id,
                            setId,
                            model,
                            "submission.json",
                            "d".repeat(64),
                            false,
                            0.5,
                            null,
                            null,
                            scored.report()),
                    scored);
        });
        return id;
    }
}
