package dev.trmarena.ingest;

import static dev.trmarena.ingest.Client.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.golden.Golden;
import dev.trmarena.ingest.upload.ConsumeUploads;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** An inspection tells what a checkpoint is and what it lacks; afterwards it can be evaluated without being sent again. */
@QuarkusTest
@WithTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AnInspectionUsesNothingUp {
    private static final String SUDOKU = "demo/sudoku-4x4";
    /** What the trainer's configuration says. */
    private static final Map<String, Object> SETTINGS =
            Map.of("H_cycles", 1, "L_cycles", 2, "halt_max_steps", 4, "puzzle_emb_len", 1, "forward_dtype", "float32");

    @Inject
    Client client;

    @Inject
    ConsumeUploads uploads;

    @Inject
    ArtifactStore store;

    @Inject
    Jdbi jdbi;

    @BeforeEach
    void a_puzzle_set() throws IOException {
        client.importFolder("sudoku", Golden.folder(SUDOKU).resolve("dataset"));
    }

    @Test
    void settings_come_with_their_sources_and_sets_with_what_does_not_fit() throws IOException {
        client.importSet("sudoku9-inspected", Map.of("test.csv", Golden.read("demo/sudoku-9x9/test.csv")));
        String checkpoint = checkpoint();
        var before = client.keptWithUploads();
        inspect(Map.of("checkpoint", checkpoint, "hyperParameters", SETTINGS))
                .statusCode(200)
                .body("fileName", equalTo("step_484"))
                .body("architecture", equalTo("trm"))
                .body("hyperParameters.lCycles", equalTo(2))
                .body("configurationSources.lCycles", equalTo("given"))
                .body("configurationSources.hiddenSize", equalTo("tensors"))
                .body("missing", empty())
                .body("fits.find { it.puzzleSet == 'sudoku' }.fits", equalTo(true))
                .body("fits.find { it.puzzleSet == 'sudoku' }.problem", nullValue())
                .body("fits.find { it.puzzleSet == 'sudoku' }.operationsPerStep", greaterThan(1e6f))
                .body("fits.find { it.puzzleSet == 'sudoku' }.mostOperations", equalTo(1e19f))
                .body("fits.find { it.puzzleSet == 'sudoku9-inspected' }.fits", equalTo(false))
                .body("fits.find { it.puzzleSet == 'sudoku9-inspected' }.problem", containsString("81"));
        assertThat(client.keptWithUploads()).isEqualTo(before);
        // 200 when another test has had it evaluated already.
        assertThat(client.evaluate(checkpoint, null, null, SETTINGS, "sudoku", null)
                        .extract()
                        .statusCode())
                .isIn(200, 201);
    }

    /** The demo's checkpoint and its twin: the same tensors as safetensors, which is what the store keeps of it. */
    @Test
    void the_same_tensors_that_ran_before_are_named_whatever_file_they_come_in() throws IOException {
        Map<String, Object> settings = new HashMap<>(SETTINGS);
        settings.put("L_cycles", 3);
        ExtractableResponse<?> ran = client.evaluate(checkpoint(), null, null, settings, "sudoku", "twin-of-files")
                .extract();
        byte[] safetensors = Files.readAllBytes(store.path(client.weights(ran.path("id"))));
        String twin = client.uploaded("twin.safetensors", safetensors);
        String found = "before.find { it.evaluation == '" + ran.path("id") + "' }";
        inspect(Map.of("checkpoint", twin, "hyperParameters", SETTINGS))
                .statusCode(200)
                .body("before", empty());
        inspect(Map.of("checkpoint", twin, "hyperParameters", SETTINGS, "values", true))
                .statusCode(200)
                .body(found + ".sameFile", equalTo(false))
                .body(found + ".otherwise", equalTo(Map.of("lCycles", 3)));
        inspect(Map.of("checkpoint", checkpoint(), "hyperParameters", settings))
                .statusCode(200)
                .body(found + ".sameFile", equalTo(true))
                .body(found + ".otherwise", anEmptyMap());
    }

    @Test
    void what_is_missing_is_named_beside_what_is_known() {
        String checkpoint = checkpoint();
        inspect(Map.of("checkpoint", checkpoint, "puzzleSet", "sudoku"))
                .statusCode(200)
                .body("architecture", nullValue())
                .body("coreParameters", nullValue())
                .body("missing", contains("H_cycles", "L_cycles", "halt_max_steps", "puzzle_emb_len", "forward_dtype"))
                .body("presets", hasItem("trm-sudoku-mlp"))
                .body("hyperParameters.hiddenSize", equalTo(64))
                .body("configurationSources.hiddenSize", equalTo("tensors"))
                .body("fits", empty());
        // The refusal of an evaluation leaves the upload to a second attempt, too.
        assertRefused(client.evaluate(checkpoint, null, "sudoku", null), 422, "halt_max_steps");
        String config = client.uploaded("all_config.yaml", Golden.read(SUDOKU + "/all_config.yaml"));
        inspect(Map.of("checkpoint", checkpoint, "config", config, "puzzleSet", "sudoku"))
                .statusCode(200)
                .body("configurationSources.lCycles", equalTo("all_config.yaml"))
                .body("fits.puzzleSet", contains("sudoku"));
    }

    /** Its steps would be native calls of hours each. */
    @Test
    void more_work_than_ends_is_told_by_the_inspection_and_refused_by_the_submission() throws IOException {
        client.importSet("sudoku9-bounded", Map.of("test.csv", Golden.read("demo/sudoku-9x9/test.csv")));
        String checkpoint = client.uploaded("step_1656", Golden.read("demo/sudoku-9x9/step_1656"));
        Map<String, Object> endless = new HashMap<>(SETTINGS);
        endless.putAll(Map.of("H_cycles", 1000, "L_cycles", 1000));
        inspect(Map.of("checkpoint", checkpoint, "hyperParameters", endless, "puzzleSet", "sudoku9-bounded"))
                .statusCode(200)
                .body("fits[0].fits", equalTo(false))
                .body("fits[0].problem", containsString("1.8E13 operations, more than the 4.0E12"));
        var before = client.keptWithUploads();
        assertRefused(
                client.evaluate(checkpoint, null, null, endless, "sudoku9-bounded", null),
                422,
                "1.8E13",
                "4.0E12",
                "H_cycles is 1000",
                "arena.limit.step-operations");
        assertThat(client.keptWithUploads()).isEqualTo(before);
    }

    @Test
    void what_no_living_solver_holds_is_told_by_the_inspection_and_refused_by_the_submission() throws IOException {
        String checkpoint = client.uploaded("step_484", Golden.read(SUDOKU + "/step_484"));
        jdbi.useHandle(handle -> handle.execute("""
                insert into solver (name, instance, device, memory_bytes, started_at, seen_at, leaving, units_solved,
                                    examples_solved)
                values ('tiny', gen_random_uuid(), 'CPU', 1000, now(), now() + interval '1 hour', false, 0, 0)"""));
        try {
            inspect(Map.of("checkpoint", checkpoint, "hyperParameters", SETTINGS, "puzzleSet", "sudoku"))
                    .statusCode(200)
                    .body("fits[0].fits", equalTo(false))
                    .body("fits[0].problem", containsString("the largest solver that lives has 0 MB"));
            assertRefused(
                    client.evaluate(checkpoint, null, null, SETTINGS, "sudoku", null),
                    422,
                    "the largest solver that lives has 0 MB",
                    "start a solver with more memory");
        } finally {
            jdbi.useHandle(handle -> handle.execute("delete from solver where name = 'tiny'"));
        }
        inspect(Map.of("checkpoint", checkpoint, "hyperParameters", SETTINGS, "puzzleSet", "sudoku"))
                .body("fits[0].fits", equalTo(true));
    }

    @Test
    void what_no_setting_would_mend_is_refused() {
        String text = client.uploaded("step_2", "no weights".getBytes(StandardCharsets.UTF_8));
        assertRefused(inspect(Map.of("checkpoint", text)), 422, "step_2");
        String checkpoint = checkpoint();
        assertRefused(inspect(Map.of("checkpoint", checkpoint, "preset", "trm-sudoku-mlp")), 422, "64", "512");
        assertRefused(inspect(Map.of("checkpoint", checkpoint, "puzzleSet", "no-such-set")), 404, "no-such-set");
        assertRefused(inspect(Map.of("checkpoint", UUID.randomUUID())), 404, "POST /api/uploads");
        assertRefused(inspect(new HashMap<>()), 400, "'checkpoint' is missing");
        assertThat(client.files()).noneMatch(file -> file.startsWith("work/"));
    }

    /** Of memory, say: it is started again, and whoever sent the file asks again. */
    @Test
    void what_ended_the_service_twice_is_not_read_a_third_time() {
        byte[] content = Golden.read(SUDOKU + "/step_484");
        content[content.length - 1] ^= 1;
        String digest = DigestUtils.sha256Hex(DigestUtils.sha256Hex(content));
        String checkpoint = client.uploaded("step_485", content);
        // Two asked for the same.
        client.anotherProcessEndedAt("inspect", digest, 2);
        inspect(Map.of("checkpoint", checkpoint, "hyperParameters", SETTINGS)).statusCode(200);
        // It was read to its end, and nothing happened: what was before is forgotten.
        client.anotherProcessEndedAt("inspect", digest, 1);
        inspect(Map.of("checkpoint", checkpoint, "hyperParameters", SETTINGS)).statusCode(200);
        client.anotherProcessEndedAt("inspect", digest, 1);
        client.anotherProcessEndedAt("inspect", digest, 1);
        assertRefused(inspect(Map.of("checkpoint", checkpoint)), 422, "step_485", "ended 2 times", "log of ingest");
        inspect(Map.of("checkpoint", checkpoint, "hyperParameters", SETTINGS, "values", true))
                .statusCode(200);
        uploads.stop(new ShutdownEvent());
        inspect(Map.of("checkpoint", checkpoint, "hyperParameters", SETTINGS)).statusCode(200);
    }

    /** Raw weights with a head of zeros, and their average. */
    @Test
    void of_two_networks_somebody_chooses_one() throws IOException {
        String checkpoint = client.uploaded("last.ckpt", Golden.read("formats/raw_and_ema_state_dict.pt"));
        inspect(Map.of("checkpoint", checkpoint, "hyperParameters", SETTINGS))
                .statusCode(200)
                .body("missing", contains("weights"))
                .body("networks.keys", contains("state_dict", "ema_state_dict"))
                .body("networks.averaged", contains(false, true));
        Map<String, Object> start = new HashMap<>(
                Map.of("checkpoint", checkpoint, "puzzleSet", "sudoku", "again", true, "hyperParameters", SETTINGS));
        assertRefused(
                client.post("/api/evaluations", start), 422, "2 networks", "ema_state_dict (EMA", "--weights ema");
        Map<String, Object> chosen = new HashMap<>(SETTINGS);
        chosen.put("weights", "ema");
        inspect(Map.of("checkpoint", checkpoint, "hyperParameters", chosen))
                .statusCode(200)
                .body("missing", empty())
                .body("configurationSources.weights", containsString("ema_state_dict (EMA"))
                .body("fits.find { it.puzzleSet == 'sudoku' }.fits", equalTo(true));
        start.put("hyperParameters", chosen);
        client.post("/api/evaluations", start).statusCode(201);
    }

    /** Whoever reads the score reads them, too: the inspection says so, and so does the evaluation. */
    @Test
    void keys_that_nothing_reads_are_told_of() {
        String checkpoint = checkpoint();
        String config = client.uploaded("config.yaml", Golden.read("formats/unread_keys.yaml"));
        String[] notes = {
            "noise_scale: not known here, may change the result", "lambda_: not known here, may change the result"
        };
        Map<String, Object> request = new HashMap<>(Map.of("checkpoint", checkpoint, "config", config));
        inspect(request).statusCode(200).body("notes", contains(notes));
        request.putAll(Map.of("puzzleSet", "sudoku", "again", true));
        var planned = client.post("/api/evaluations", request).statusCode(201).body("notes", contains(notes));
        cancelled(planned);
    }

    /** The configuration of whoever asked first may have had no such key, and theirs has. */
    @Test
    void also_whoever_is_answered_by_what_ran_before_is_told_of_them() {
        String yaml = new String(Golden.read(SUDOKU + "/all_config.yaml"), StandardCharsets.UTF_8);
        ValidatableResponse first = start(yaml.replace("H_cycles: 1", "H_cycles: 7"))
                .statusCode(201)
                .body("notes", empty());
        start(yaml.replace("H_cycles: 1", "H_cycles: 7\n  noise_scale: 0.1"))
                .statusCode(200)
                .body("id", equalTo(first.extract().path("id")))
                .body("notes", contains("noise_scale: not known here, may change the result"));
        cancelled(first);
    }

    private ValidatableResponse start(String yaml) {
        String config = client.uploaded("all_config.yaml", yaml.getBytes(StandardCharsets.UTF_8));
        return client.post(
                "/api/evaluations", Map.of("checkpoint", checkpoint(), "config", config, "puzzleSet", "sudoku"));
    }

    private void cancelled(ValidatableResponse evaluation) {
        String id = evaluation.extract().path("id");
        client.post("/api/evaluations/" + id + "/cancel", Map.of()).statusCode(200);
    }

    @Test
    void of_an_archive_with_several_checkpoints_somebody_chooses_one() throws IOException {
        byte[] step = Golden.read(SUDOKU + "/step_484");
        byte[] other = Golden.read("formats/raw_and_ema_state_dict.pt");
        String archive = client.uploaded(
                "runs.zip",
                zip(Map.of(
                        "run/step_484",
                        step,
                        "run/last.pt",
                        other,
                        "run/config.yaml",
                        Golden.read(SUDOKU + "/all_config.yaml"))));
        inspect(Map.of("checkpoint", archive))
                .statusCode(200)
                .body("missing", contains("file"))
                .body("files", containsInAnyOrder("run/step_484", "run/last.pt"));
        Map<String, Object> start = new HashMap<>(Map.of("checkpoint", archive, "puzzleSet", "sudoku", "again", true));
        assertRefused(client.post("/api/evaluations", start), 422, "2 checkpoints", "run/step_484", "--file");
        start.put("hyperParameters", Map.of("file", "step_484"));
        cancelled(client.post("/api/evaluations", start)
                .statusCode(201)
                .body("configurationSources.file", equalTo("run/step_484"))
                .body("configurationSources.lCycles", equalTo("run/config.yaml")));
    }

    private static byte[] zip(Map<String, byte[]> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void presets_say_whose_they_are_and_what_they_reach() {
        inspect(Map.of("checkpoint", checkpoint()))
                .statusCode(200)
                .body("recipes.name", hasItem("trm-arc"))
                .body("recipes.find { it.name == 'trm-arc' }.repository", containsString("TinyRecursiveModels"))
                .body("recipes.find { it.name == 'trm-arc' }.commit", equalTo("e7b6871"))
                .body("recipes.find { it.name == 'trm-arc' }.reaches", containsString("44.6 %"))
                .body("recipes.find { it.name == 'trm-arc' }.settings.L_cycles", equalTo(4));
    }

    private ValidatableResponse inspect(Map<String, ?> request) {
        return client.post("/api/inspections", request);
    }

    private String checkpoint() {
        return client.uploaded("step_484", Golden.read(SUDOKU + "/step_484"));
    }
}
