package dev.trmarena.ingest;

import static dev.trmarena.ingest.Client.assertRefused;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.trmarena.golden.Golden;
import dev.trmarena.puzzles.answers.PackResults;
import dev.trmarena.puzzles.arc.ArcRecipe;
import dev.trmarena.puzzles.build.ArcSource;
import dev.trmarena.puzzles.build.NumpyRandom;
import dev.trmarena.puzzles.build.PlanArc;
import dev.trmarena.puzzles.build.WriteCompactSet;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers of another system become an evaluation that is finished and was not run, or nothing at all. */
@QuarkusTest
@WithTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AnswersAreEnteredOrRefused {
    private static final String SET = "answered";
    private static final String S0 = "[[1,2],[3,4]]";
    private static final String S1 = "[[5,6]]";

    @Inject
    Client client;

    @Inject
    Jdbi jdbi;

    @TempDir
    Path folder;

    private final List<String> uploads = new ArrayList<>();
    private Map<String, Object> before = Map.of();

    /** Two test outputs in A and one in B. */
    @BeforeEach
    void two_tasks() throws IOException {
        String pair = "{\"input\":[[%d]],\"output\":[[1]]}";
        Path raw = Files.createDirectory(folder.resolve("raw"));
        Files.writeString(
                raw.resolve("part_challenges.json"),
                "{\"A\":{\"train\":[" + pair.formatted(1) + "],\"test\":[{\"input\":[[2]]},{\"input\":[[3]]}]},"
                        + "\"B\":{\"train\":[" + pair.formatted(4) + "],\"test\":[{\"input\":[[5]]}]}}");
        Files.writeString(raw.resolve("part_solutions.json"), "{\"A\":[" + S0 + "," + S1 + "],\"B\":[[[7]]]}");
        var recipe = new ArcRecipe(List.of("part"), List.of("part"), 0, 42, ArcRecipe.SplitOrder.TRAIN_TEST);
        Path built = Files.createDirectory(folder.resolve("built"));
        try (var source = ArcSource.open(raw, "arc-agi", Map.of(), false)) {
            WriteCompactSet.write(
                    PlanArc.plan(source, recipe, new NumpyRandom(42), (step, share, detail) -> {}), built);
        }
        client.importFolder(SET, built);
        before = client.kept();
    }

    @AfterEach
    void nothing_is_left() {
        given().delete("/api/puzzle-sets/" + SET).then().statusCode(200);
        uploads.forEach(upload -> given().delete("/api/uploads/" + upload));
    }

    @Test
    void a_submission_is_scored_by_four_definitions() {
        ValidatableResponse answer = enter(
                        "submission.json",
                        "{\"A\":[{\"attempt_1\":" + S0 + ",\"attempt_2\":null},{\"attempt_1\":[[0]],\"attempt_3\":" + S1
                                + "}],\"C\":[]}",
                        Map.of("dollarsPerTask", 0.5, "paper", "https://example.org/paper"))
                .statusCode(201)
                .body("state", equalTo("finished"))
                .body("scores.arc_prize", equalTo(0.25f))
                .body("scores.kaggle", equalTo((float) (1 / 3.0)))
                .body("scores.strict", equalTo(0f))
                .body("scores", not(hasItem("pass@5")))
                .body("checkpoint", nullValue())
                .body("protocol", nullValue())
                .body("coreParameters", nullValue())
                .body("fileName", equalTo("submission.json"))
                .body("answers.label", equalTo("answers, scored here, not run here"))
                .body("answers.dollarsPerTask", equalTo(0.5f))
                .body("answers.paper", equalTo("https://example.org/paper"))
                .body("answers.report.missing", equalTo(1))
                .body("answers.report.notCounted", equalTo(1))
                .body("notes", hasItem("of 3 test outputs 1 are missing and 0 have no answer: they are wrong"))
                .body("notes", hasItem("1 further attempts do not count"))
                .body("notes", hasItem("1 of the answers are to tasks that the puzzle set does not have: C"));
        given().head("/api/uploads/" + uploads.get(0)).then().statusCode(404);
        assertThat(candidates(answer)).containsExactly("0 1", "1 1");
    }

    @Test
    void a_second_attempt_keeps_its_place_where_the_first_is_none() {
        ValidatableResponse answer = enter("s.json", "{\"B\":[{\"attempt_1\":null,\"attempt_2\":[[7]]}]}", Map.of())
                .statusCode(201)
                .body("scores.'pass@1'", equalTo(0f))
                .body("scores.'pass@2'", equalTo(0.5f));
        assertThat(candidates(answer)).containsExactly("0 2");
    }

    @Test
    void a_folder_of_results_comes_as_one_file_with_its_costs() throws IOException {
        Path results = Files.createDirectory(folder.resolve("results"));
        String attempt =
                "{\"answer\":%s,\"metadata\":{\"task_id\":\"A\",\"pair_index\":1,\"cost\":{\"total_cost\":0.25},\"choices\":\""
                        + "x".repeat(100_000) + "\"}}";
        Files.writeString(
                results.resolve("A.json"),
                "[{\"attempt_1\":" + attempt.formatted("[]") + ",\"attempt_2\":" + attempt.formatted(S1) + "}]");
        Path packed = folder.resolve("packed.json");
        PackResults.pack(results, packed);
        assertThat(Files.size(packed)).as("transcripts stay here").isLessThan(1000);
        enter("results.json", Files.readString(packed), Map.of())
                .statusCode(201)
                .body("scores.arc_prize", equalTo(0.25f))
                .body("answers.dollarsPerTask", equalTo(0.5f));
        enter("results.json", Files.readString(packed).replace("[[5,6]]", "\"[[5,6]]\""), Map.of())
                .statusCode(422)
                .body("place", equalTo("task A, object 0, attempt_2"));
    }

    @Test
    void the_same_file_is_the_same_entry_unless_another_is_wanted() {
        String text = "{\"B\":[{\"attempt_1\":[[7]]}]}";
        String first = enter("s.json", text, Map.of()).statusCode(201).extract().path("id");
        enter("renamed.json", text, Map.of()).statusCode(200).body("id", equalTo(first));
        assertRefused(enter("s.json", text, Map.of("dollarsPerTask", 3)), 409, first, "another cost");
        enter("s.json", text, Map.of("again", true)).statusCode(201).body("id", not(equalTo(first)));
        enter("s.json", text + " ", Map.of()).statusCode(201).body("id", not(equalTo(first)));
        String upload = upload("s.json", text + "  ");
        Map<String, Object> request = Map.of("upload", upload, "puzzleSet", SET, "model", "R1");
        String made = sent(request).statusCode(201).extract().path("id");
        sent(request).statusCode(200).body("id", equalTo(made));
        given().delete("/api/models/R1").then().statusCode(200).body("evaluations", equalTo(4));
        assertThat(client.kept()).as("nothing is left of them").isEqualTo(before);
    }

    @Test
    void what_is_no_answer_is_refused_by_its_place_and_leaves_nothing() {
        assertRefused(
                enter("s.json", "{\"A\":[{\"attempt_1\":\"[[1]]\"}],\"B\":[{\"attempt_1\":[[7]]}]}", Map.of()),
                422,
                "s.json",
                "task A, output 0, attempt_1",
                "not a list of rows");
        assertRefused(enter("s.json", "{\"X\":[]}", Map.of()), 422, "none of its 1 tasks is in the puzzle set: X");
        assertRefused(enter("s.json", "{", Map.of()), 422, "s.json", "it is not JSON");
        assertRefused(enter("s.exe", "{}", Map.of()), 422, "s.exe", "answers to ARC tasks are a JSON file");
        assertRefused(enter("s.json", "{}", Map.of("puzzleSet", "nowhere")), 404, "nowhere");
        assertRefused(enter("s.json", "{}", Map.of("model", " ")), 400, "not a name for a model");
        assertRefused(enter("s.json", "{}", Map.of("paper", "javascript:alert(1)")), 400, "an address begins with");
        assertRefused(enter("s.json", "{}", Map.of("dollarsPerTask", -1)), 400, "the cost of a task");
        Map<String, Object> answers = Map.of("upload", upload("s.json", "{}"), "puzzleSet", SET, "model", "R1");
        assertRefused(
                client.post("/api/evaluations", Map.of("answers", answers, "again", true)),
                400,
                "'answers' are not run");
        assertThat(client.kept()).isEqualTo(before);
        enter("s.json", "{\"A\":[{\"attempt_1\":\"[[1]]\"}],\"B\":[{\"attempt_1\":[[7]]}]}", Map.of("lenient", true))
                .statusCode(201)
                .body("answers.lenient", equalTo(true))
                .body("answers.report.unreadable", equalTo(1));
    }

    @Test
    void a_file_that_ended_this_service_twice_is_not_read_again() {
        String text = "{\"B\":[{\"attempt_1\":[[7]]}]}";
        String upload = upload("deadly.json", text);
        String subject = DigestUtils.sha256Hex(DigestUtils.sha256Hex(text));
        client.anotherProcessEndedAt("answers", subject, 1);
        client.anotherProcessEndedAt("answers", subject, 1);
        assertRefused(
                sent(Map.of("upload", upload, "puzzleSet", SET, "model", "R1")), 422, "deadly.json", "ended 2 times");
        jdbi.useHandle(handle -> handle.execute("delete from risky_work where subject = ?", subject));
    }

    @Test
    void what_only_a_run_has_is_refused_by_name() {
        String id = enter("s.json", "{\"B\":[{\"attempt_1\":[[7]]}]}", Map.of())
                .statusCode(201)
                .extract()
                .path("id");
        for (String command : List.of("pause", "cancel", "retry", "resume")) {
            assertRefused(client.post("/api/evaluations/" + id + "/" + command, ""), 409, "not run here", command);
        }
        assertRefused(client.post("/api/evaluations", Map.of("evaluation", id)), 409, "not run here", "run it again");
        assertRefused(
                client.post("/api/evaluations/" + id + "/tasks/0/replay", ""), 409, "not run here", "replay its steps");
    }

    @Test
    void an_unanswered_sudoku_shows_nobodys_grid() throws IOException {
        client.importSet("answered-sudoku", Map.of("test.csv", Golden.read("demo/sudoku-9x9/test.csv")));
        String[] rows = new String(Golden.read("demo/sudoku-9x9/test.csv"), StandardCharsets.UTF_8).split("\n");
        String csv = "id,answer\n1," + rows[1].split(",")[2] + "\n2," + rows[1].split(",")[2] + "\n3,\n";
        ValidatableResponse answer = enter("a.csv", csv, Map.of("puzzleSet", "answered-sudoku"))
                .statusCode(201)
                .body("scores.exact_accuracy", equalTo((float) (1 / 300.0)))
                .body("answers.report.missing", equalTo(297))
                .body("answers.report.unanswered", equalTo(1));
        assertThat(candidates(answer)).hasSize(2);
        given().delete("/api/puzzle-sets/answered-sudoku").then().statusCode(200);
    }

    private ValidatableResponse enter(String name, String text, Map<String, Object> said) {
        Map<String, Object> request = new TreeMap<>(Map.of("puzzleSet", SET, "model", "R1"));
        request.put("upload", upload(name, text));
        request.putAll(said);
        return sent(request);
    }

    private ValidatableResponse sent(Map<String, Object> answers) {
        return client.post("/api/evaluations", Map.of("answers", answers));
    }

    private String upload(String name, String text) {
        String upload = client.uploaded(name, text.getBytes(StandardCharsets.UTF_8));
        uploads.add(upload);
        return upload;
    }

    /** Test output and rank of each. */
    private List<String> candidates(ValidatableResponse answer) {
        String id = answer.extract().path("id");
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select output || ' ' || rank from candidate where evaluation_id = :id::uuid
                        order by task, output, rank""").bind("id", id).mapTo(String.class).list());
    }
}
