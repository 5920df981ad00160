package dev.trmarena.ingest;

import static dev.trmarena.ingest.Client.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.trmarena.golden.Golden;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Two names that look the same are not both accepted, whatever they are made of. */
@QuarkusTest
@WithTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ANameIsNotMistakenForAnother {
    private static final String SUDOKU = "demo/sudoku-4x4";
    /** One of its own: what is evaluated here is new to whoever evaluates it elsewhere. */
    private static final String SET = "for-names";

    private static final String ROW = "source,question,answer,rating\nmine,1...34....4.4...,1234341221434321,0\n";

    @Inject
    Client client;

    @BeforeEach
    void a_puzzle_set() throws IOException {
        client.importFolder(SET, Golden.folder(SUDOKU).resolve("dataset"));
    }

    @Test
    void of_models() {
        assertThat(evaluate("demo").extract().statusCode()).isIn(200, 201);
        // The evaluation that is there may have been made under another name: this one is of a repeat.
        again("demo").statusCode(201).body("model", equalTo("demo"));
        var before = client.kept();
        for (String lookAlike : new String[] {"d\u0435mo", "dem\u043e", "\uff44emo"}) {
            assertRefused(evaluate(lookAlike), 409, "'demo'", lookAlike);
            assertRefused(again(lookAlike), 409, "'demo'");
        }
        for (String none : new String[] {"de\u200bmo", "demo\u00a0", "\u202eomed", ".", ".."}) {
            assertRefused(evaluate(none), 400, "not a name for a model");
        }
        assertThat(client.kept()).isEqualTo(before);
        again("cafe\u0301").statusCode(201).body("model", equalTo("caf\u00e9"));
        again("caf\u00e9").statusCode(201).body("model", equalTo("caf\u00e9"));
    }

    @Test
    void of_puzzle_sets() {
        Map<String, byte[]> csv = Map.of("test.csv", ROW.getBytes(StandardCharsets.UTF_8));
        client.importSet("look-l1", csv).statusCode(201);
        assertRefused(client.importSet("look-11", csv), 409, "'look-l1'");
        client.importSet("look-l1", csv).statusCode(200);
        client.importSet("look-l2", csv).statusCode(201);
    }

    @Test
    void files_have_names_that_are_seen() {
        assertRefused(client.upload("step\u202e_1", new byte[] {1}), 400, "Upload-Metadata");
        assertRefused(client.upload("..", new byte[] {1}), 400, "Upload-Metadata");
    }

    private ValidatableResponse evaluate(String model) {
        return client.evaluate(checkpoint(), config(), SET, model);
    }

    private ValidatableResponse again(String model) {
        return client.post(
                "/api/evaluations",
                Map.of(
                        "checkpoint",
                        checkpoint(),
                        "config",
                        config(),
                        "puzzleSet",
                        SET,
                        "model",
                        model,
                        "again",
                        true));
    }

    private String checkpoint() {
        return client.uploaded("step_484", Golden.read(SUDOKU + "/step_484"));
    }

    private String config() {
        return client.uploaded("all_config.yaml", Golden.read(SUDOKU + "/all_config.yaml"));
    }
}
