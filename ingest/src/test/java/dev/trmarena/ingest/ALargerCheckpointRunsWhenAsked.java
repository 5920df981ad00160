package dev.trmarena.ingest;

import static dev.trmarena.ingest.Client.assertRefused;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.trmarena.artifacts.checkpoint.CheckpointInspection;
import dev.trmarena.artifacts.checkpoint.Configuration;
import dev.trmarena.golden.Golden;
import dev.trmarena.golden.LargerTable;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint that was trained on joined sets has more rows and tokens than the set: it runs when somebody says so, and says it. */
@QuarkusTest
@WithTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ALargerCheckpointRunsWhenAsked {
    private static final String SUDOKU = "demo/sudoku-4x4";
    private static final String EMBEDDING = "puzzle_emb.weights";
    private static final String SET = "joined";

    @Inject
    Client client;

    @TempDir
    Path folder;

    private final List<String> uploads = new ArrayList<>();
    private byte[] plain;
    private byte[] rows;

    @BeforeEach
    void a_set_and_a_checkpoint_of_twelve_rows_more() throws IOException {
        client.importFolder(SET, Golden.folder(SUDOKU).resolve("dataset"));
        Path converted = folder.resolve("plain.safetensors");
        CheckpointInspection.convert(
                Golden.folder(SUDOKU).resolve("step_484"),
                "step_484",
                Configuration.of(Golden.folder(SUDOKU).resolve("all_config.yaml"), null),
                converted);
        plain = Files.readAllBytes(converted);
        rows = LargerTable.with(plain, EMBEDDING, LargerTable.row(plain, EMBEDDING, 0, 2), 7, 5);
    }

    @AfterEach
    void what_was_refused_is_taken_back() {
        uploads.forEach(id -> given().delete("/api/uploads/" + id));
    }

    @Test
    void the_refusal_names_the_option_and_with_it_the_unused_rows_are_said() {
        var before = client.kept();
        assertRefused(
                evaluate(rows, Map.of()), 422, "13 puzzle identifiers", "--identifier-offset N", "identifier_offset");
        assertRefused(evaluate(rows, Map.of("identifier_offset", "13")), 422, "identifier_offset", "0 to 12");
        assertRefused(evaluate(rows, Map.of("identifier_offset", "-1")), 422, "identifier_offset", "from 0");
        assertThat(client.kept()).isEqualTo(before);
        var answer = evaluate(rows, Map.of("identifier_offset", "7"))
                .statusCode(201)
                .body("hyperParameters.identifierOffset", equalTo(7))
                .body("configurationSources.identifierOffset", equalTo("given"))
                .body("notes", contains(containsString("7 before them and 5 behind them are not used")))
                .body("protocol.whole", equalTo(true))
                .extract();
        String id = answer.path("id");
        evaluate(rows, Map.of("identifier_offset", "7")).statusCode(200).body("id", equalTo(id));
        String other = evaluate(rows, Map.of("identifier_offset", "0"))
                .statusCode(201)
                .body("id", not(equalTo(id)))
                .body("notes", contains(containsString("0 before them and 12 behind them")))
                .extract()
                .path("id");
        // Another protocol of the same: nobody says again where the set begins.
        String blank = client.post(
                        "/api/evaluations", Map.of("evaluation", id, "protocol", Map.of("blankIdentifier", true)))
                .statusCode(201)
                .body("hyperParameters.identifierOffset", equalTo(7))
                .body("notes", contains(containsString("7 before them")))
                .extract()
                .path("id");
        cancel(id, other, blank);
    }

    @Test
    void so_is_a_vocabulary_beyond_the_sets() {
        byte[] tokens = LargerTable.with(plain, "lm_head.weight", LargerTable.row(plain, "lm_head.weight", 0, 1), 0, 3);
        String embedding = "embed_tokens.embedding_weight";
        byte[] both = LargerTable.with(tokens, embedding, LargerTable.row(plain, embedding, 0, 1), 0, 3);
        assertRefused(evaluate(both, Map.of()), 422, "9 tokens", "--allow-larger-vocabulary");
        assertRefused(evaluate(both, Map.of("allow_larger_vocabulary", "yes")), 422, "'yes'", "true or false");
        String id = evaluate(both, Map.of("allow_larger_vocabulary", "true"))
                .statusCode(201)
                .body("hyperParameters.vocabSize", equalTo(9))
                .body("notes", contains("it knows 9 tokens, the set has 6: an answer with any of the others is wrong"))
                .extract()
                .path("id");
        cancel(id);
    }

    @Test
    void what_fits_exactly_fits_with_leave_to_be_larger_and_says_nothing() {
        String checkpoint = upload("plain.safetensors", plain);
        String config = upload("all_config.yaml", Golden.read(SUDOKU + "/all_config.yaml"));
        var said = Map.of("allow_larger_vocabulary", "true", "identifier_offset", "0");
        client.post(
                        "/api/inspections",
                        Map.of("checkpoint", checkpoint, "config", config, "hyperParameters", said, "puzzleSet", SET))
                .statusCode(200)
                .body("fits[0].fits", equalTo(true))
                .body("fits[0].notes", empty());
    }

    @Test
    void an_inspection_tells_what_would_mend_it() {
        String found = "fits.find { it.puzzleSet == '" + SET + "' }";
        String checkpoint = upload("larger.safetensors", rows);
        String config = upload("all_config.yaml", Golden.read(SUDOKU + "/all_config.yaml"));
        client.post("/api/inspections", Map.of("checkpoint", checkpoint, "config", config))
                .statusCode(200)
                .body(found + ".fits", equalTo(false))
                .body(found + ".mendedBy", contains("identifier_offset"));
        Map<String, String> said = Map.of("identifier_offset", "12");
        client.post("/api/inspections", Map.of("checkpoint", checkpoint, "config", config, "hyperParameters", said))
                .statusCode(200)
                .body(found + ".fits", equalTo(true))
                .body(found + ".mendedBy", empty())
                .body(found + ".notes", contains(containsString("12 before them and 0 behind them")));
    }

    private ValidatableResponse evaluate(byte[] checkpoint, Map<String, String> said) {
        return client.evaluate(
                upload("larger.safetensors", checkpoint),
                upload("all_config.yaml", Golden.read(SUDOKU + "/all_config.yaml")),
                null,
                said,
                SET,
                null);
    }

    private String upload(String name, byte[] content) {
        String id = client.uploaded(name, content);
        uploads.add(id);
        return id;
    }

    private void cancel(String... evaluations) {
        for (String evaluation : evaluations) {
            client.post("/api/evaluations/" + evaluation + "/cancel", Map.of()).statusCode(200);
        }
    }
}
