package dev.trmarena.ingest;

import static dev.trmarena.ingest.Client.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;

import dev.trmarena.db.plan.Overlaps;
import dev.trmarena.golden.Golden;
import dev.trmarena.ingest.puzzleset.HashOlderSets;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files become a puzzle set under a name, or an answer that says why not and nothing else. */
@QuarkusTest
@WithTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class APuzzleSetIsImportedOrRefused {
    private static final String HEADER = "source,question,answer,rating\n";
    private static final String GOOD = HEADER + "mine,1...34....4.4...,1234341221434321,0\n";
    private static final String OTHER = HEADER + "mine,.2..34....4.4...,1234341221434321,0\n";

    @Inject
    Client client;

    @Inject
    HashOlderSets hashOlderSets;

    @Inject
    Jdbi jdbi;

    @Test
    void a_csv() {
        client.importSet("from-csv", csv(GOOD))
                .statusCode(201)
                .header("Location", "puzzle-sets/from-csv")
                .body("name", equalTo("from-csv"))
                .body("kind", equalTo("sudoku"))
                .body("digest", matchesPattern("[0-9a-f]{64}"))
                .body("seqLen", equalTo(16))
                .body("vocabSize", equalTo(6))
                .body("identifierCount", equalTo(1))
                .body("exampleCount", equalTo(1))
                .body("taskCount", equalTo(1))
                .body("mainMetric", equalTo("exact_accuracy"))
                .body("evaluations", equalTo(0));
    }

    /** Ten of them: the first eight are told in words. */
    @Test
    void with_a_warning_for_each_puzzle_that_has_a_second_solution() {
        String one = HEADER + "mine,123434122143432.,1234341221434321,0\n";
        String second = "mine,12..34..........,1234341221434321,0\n";
        client.importSet("two-solutions", csv(one + second.repeat(10)))
                .statusCode(201)
                .body("name", equalTo("two-solutions"))
                .body("warningCount", equalTo(10))
                .body("warnings", hasSize(8))
                .body(
                        "warnings[0]",
                        equalTo("test.csv, line 3: the puzzle has a second solution, which counts as wrong"));
        client.importSet("two-solutions", csv(one + second.repeat(10)))
                .statusCode(200)
                .body("warningCount", equalTo(10));
        client.importSet("one-solution", csv(one))
                .statusCode(201)
                .body("warnings", empty())
                .body("warningCount", equalTo(0));
    }

    @Test
    void the_authors_dataset_folder() throws Exception {
        client.importFolder("arc14", Golden.folder("trained/arc_easy14").resolve("dataset"))
                .statusCode(201)
                .body("kind", equalTo("arc"))
                .body("seqLen", equalTo(900))
                .body("vocabSize", equalTo(12))
                .body("identifierCount", equalTo(127))
                .body("taskCount", equalTo(14))
                .body("mainMetric", equalTo("pass@2"));
    }

    @Test
    void with_what_its_tasks_are_as_have_the_sets_from_before() throws Exception {
        client.importFolder("hashed", Golden.folder("trained/arc_easy14").resolve("dataset"));
        List<String> hashes = client.taskHashes("hashed");
        assertThat(hashes).hasSize(14).doesNotHaveDuplicates();
        client.importFolder("hashed-too", Golden.folder("trained/arc_easy14").resolve("dataset"));
        assertThat(client.taskHashes("hashed-too")).isEqualTo(hashes);

        client.forgetTaskHashes("hashed");
        hashOlderSets.hash();
        hashOlderSets.hash();
        assertThat(client.taskHashes("hashed")).isEqualTo(hashes);
    }

    /** Somebody counts what another set of the kind shares, and gets no further for as long as this test holds the table. */
    @Test
    void while_what_another_one_shares_is_being_counted() {
        client.importSet("shares", csv(GOOD)).statusCode(201);
        jdbi.useTransaction(held -> {
            held.execute("lock table overlap in share mode");
            client.importSet("shares-too", csv(OTHER + row(GOOD))).statusCode(201);
            await().atMost(Duration.ofSeconds(60)).until(() -> waits(held));
            client.importSet("small", csv(GOOD + row(OTHER))).statusCode(201);
            assertThat(waits(held)).as("the count still does").isTrue();
        });
        await().atMost(Duration.ofSeconds(60))
                .until(() -> sharedBy("small").stream().allMatch(Overlaps.Counted::counted));
        assertThat(sharedBy("small")).extracting(Overlaps.Counted::other).contains("shares", "shares-too");
    }

    private List<Overlaps.Counted> sharedBy(String set) {
        return jdbi.withHandle(handle -> Overlaps.of(handle, set));
    }

    private static String row(String csv) {
        return csv.substring(HEADER.length());
    }

    private static boolean waits(Handle handle) {
        return handle.createQuery("""
                        select exists (select 1 from pg_stat_activity
                          where datname = current_database() and wait_event_type = 'Lock')""").mapTo(Boolean.class).one();
    }

    @Test
    void the_same_set_again_is_the_same_set_and_another_one_is_a_conflict() {
        client.importSet("twice", csv(GOOD)).statusCode(201);
        var before = client.kept();
        client.importSet("twice", csv(GOOD)).statusCode(200).body("name", equalTo("twice"));
        assertThat(client.kept()).isEqualTo(before);
        assertRefused(client.importSet("twice", csv(OTHER)), 409, "twice");
        assertThat(client.kept()).isEqualTo(before);
    }

    @Test
    void uploads_are_used_up() {
        int uploads = client.uploads();
        String upload = client.uploaded("test.csv", GOOD.getBytes(StandardCharsets.UTF_8));
        create("used-up", "test.csv", upload).statusCode(201);
        assertThat(client.uploads()).isEqualTo(uploads);
        assertRefused(create("used-up-2", "test.csv", upload), 404, upload);
    }

    @Test
    void a_bad_row_is_named_by_its_line() {
        var before = client.kept();
        String bad = GOOD + "mine,1x..34....4.4...,1234341221434321,0\n";
        var problem = assertRefused(client.importSet("bad-row", csv(bad)), 422, "test.csv", "line 3");
        assertThat(problem.get("file")).isEqualTo("test.csv");
        assertThat(client.kept()).isEqualTo(before);
    }

    @Test
    void a_folder_with_a_file_missing() {
        var before = client.kept();
        byte[] dataset = "{\"vocab_size\":6,\"seq_len\":16}".getBytes(StandardCharsets.UTF_8);
        var problem = assertRefused(client.importSet("half", Map.of("test/dataset.json", dataset)), 422);
        assertThat(problem.toString()).doesNotContain("/work/");
        assertThat(client.kept()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../test.csv",
                "/etc/test.csv",
                "a/../../test.csv",
                "a//test.csv",
                ".",
                "",
                "a\\test.csv",
                "a\u0000b"
            })
    void a_path_that_is_not_plain_is_refused(String path) {
        var before = client.kept();
        String upload = client.uploaded("test.csv", GOOD.getBytes(StandardCharsets.UTF_8));
        assertRefused(create("bad-path", path, upload), 400);
        assertThat(client.kept()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Upper", "-x", "a b", "../x", "é"})
    void a_name_that_is_none_is_refused(String name) {
        var before = client.kept();
        assertRefused(client.importSet(name, csv(GOOD)), 400, "a-z");
        assertThat(client.kept()).isEqualTo(before);
    }

    @Test
    void a_kind_that_is_none_is_refused() {
        String upload = client.uploaded("test.csv", GOOD.getBytes(StandardCharsets.UTF_8));
        var files = List.of(Map.of("path", "test.csv", "upload", upload));
        assertRefused(
                client.post("/api/puzzle-sets", Map.of("name", "x", "kind", "chess", "files", files)),
                400,
                "chess",
                "sudoku");
    }

    @Test
    void an_unknown_upload() {
        String unknown = UUID.randomUUID().toString();
        assertRefused(create("unknown", "test.csv", unknown), 404, unknown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{",
                "[]",
                "{\"name\":\"x\"}",
                "{\"name\":\"x\",\"files\":[],\"mood\":1}",
                "{\"name\":\"x\",\"files\":[{\"path\":\"test.csv\",\"upload\":\"no-uuid\"}]}"
            })
    void malformed_json(String body) {
        assertRefused(client.post("/api/puzzle-sets", body), 400, "request body", "line");
    }

    @Test
    void json_that_is_not_as_described_is_told_with_names_and_line() {
        String upload = UUID.randomUUID().toString();
        var problem = assertRefused(
                client.post(
                        "/api/puzzle-sets",
                        "{\"name\":\"x\",\n\"files\":[\n{\"path\":null,\"upload\":\"" + upload
                                + "\"},{\"path\":\"a\"}]}"),
                400,
                "request body",
                "line 3",
                "/q/openapi");
        assertThat(problem).containsEntry("problem", "'files[0].path' is missing; 'files[1].upload' is missing");
        problem = assertRefused(
                client.post("/api/puzzle-sets", "\n{\n\"name\":\"X\",\"files\":[]}"), 400, "line 3", "a-z", "a CSV");
        assertThat(problem).containsEntry("problem", "'files' is empty; 'name' is 'X'");
    }

    @Test
    void a_value_of_a_hundred_kilobytes_is_not_told_whole() {
        var problem = assertRefused(
                client.post("/api/puzzle-sets", "{\"name\":\"" + "X".repeat(100_000) + "\",\"files\":[]}"),
                400,
                "line 1");
        assertThat(String.valueOf(problem.get("problem"))).contains("XXX…'").hasSizeLessThan(300);
    }

    @Test
    void json_without_end() {
        assertRefused(client.post("/api/puzzle-sets", "[".repeat(3 << 20)), 413, "/api/uploads");
    }

    private io.restassured.response.ValidatableResponse create(String name, String path, String upload) {
        return client.post(
                "/api/puzzle-sets", Map.of("name", name, "files", List.of(Map.of("path", path, "upload", upload))));
    }

    private static Map<String, byte[]> csv(String text) {
        return Map.of("test.csv", text.getBytes(StandardCharsets.UTF_8));
    }
}
