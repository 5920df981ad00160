package dev.trmarena.ingest;

import static dev.trmarena.ingest.Client.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.golden.Golden;
import dev.trmarena.messages.Json;
import dev.trmarena.messages.Received;
import dev.trmarena.messages.TestBroker;
import dev.trmarena.messages.Topics;
import dev.trmarena.messages.WorkUnit;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A checkpoint and its config become an evaluation whose units reach the solvers, or an answer that says why not. */
@QuarkusTest
@WithTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AnEvaluationIsPlannedOrRefused {
    private static final String SUDOKU = "demo/sudoku-4x4";

    @Inject
    Client client;

    @Inject
    ArtifactStore store;

    @SuppressWarnings("NullAway.Init") // RealParts puts it here
    TestBroker broker;

    @BeforeEach
    void a_puzzle_set() throws IOException {
        assertThat(client.importFolder("sudoku", Golden.folder(SUDOKU).resolve("dataset"))
                        .extract()
                        .statusCode())
                .isIn(200, 201);
    }

    @Test
    void planned_stored_and_sent() throws IOException {
        int uploads = client.uploads();
        var answer = client.evaluate(checkpoint(), config(), "sudoku", "my trm")
                .statusCode(201)
                .body("state", equalTo("queued"))
                .body("failure", nullValue())
                .body("model", equalTo("my trm"))
                .body("puzzleSet", equalTo("sudoku"))
                .body("puzzleSetKind", equalTo("sudoku"))
                .body("fileName", equalTo("step_484"))
                .body("architecture", equalTo("trm"))
                .body("protocol.key", equalTo("4-steps.float32"))
                .body("protocol.whole", equalTo(true))
                .body("meanSteps", nullValue())
                .body("exampleCount", equalTo(500))
                .body("examplesDone", equalTo(0))
                .body("unitCount", equalTo(4))
                .body("scores", anEmptyMap())
                .body("mainMetric", equalTo("exact_accuracy"))
                .extract();
        String id = answer.path("id");
        assertThat(answer.header("Location")).isEqualTo("evaluations/" + id);
        assertThat(client.uploads()).as("uploads are used up").isEqualTo(uploads);

        List<WorkUnit> units = sent(id, 4);
        assertThat(units).extracting(WorkUnit::firstExample).containsExactlyInAnyOrder(0, 128, 256, 384);
        assertThat(units).extracting(WorkUnit::exampleCount).containsExactlyInAnyOrder(128, 128, 128, 116);
        assertThat(units).extracting(WorkUnit::protocol).containsOnly("4-steps.float32");
        var manifest = CheckpointManifest.fromJson(
                Files.readAllBytes(store.path(units.get(0).checkpointManifest())));
        assertThat(store.has(manifest.weights())).isTrue();
        assertThat(store.has(units.get(0).puzzleSetManifest())).isTrue();

        var before = client.kept();
        client.evaluate(checkpoint(), config(), "sudoku", null).statusCode(200).body("id", equalTo(id));
        assertThat(client.kept()).isEqualTo(before);
        byte[] safetensors = Files.readAllBytes(store.path(manifest.weights()));
        client.evaluate(client.uploaded("step_484.safetensors", safetensors), config(), "sudoku", null)
                .statusCode(200)
                .body("id", equalTo(id));
        assertThat(client.kept()).as("the same weights in another format").isEqualTo(before);
    }

    @Test
    void an_arc_checkpoint_is_named_after_its_project() throws IOException {
        client.importFolder("arc", Golden.folder("trained/arc_easy14").resolve("dataset"));
        client.evaluate(
                        client.uploaded("step_7358", Golden.read("trained/arc_easy14/step_7358")),
                        client.uploaded("all_config.yaml", Golden.read("trained/arc_easy14/all_config.yaml")),
                        "arc",
                        null)
                .statusCode(201)
                .body("model", equalTo("arc-easy14"))
                .body("unitCount", equalTo(3));
    }

    @Test
    void an_unknown_puzzle_set() {
        refused(404, checkpoint(), config(), "no-such-set", "no-such-set", "puzzles import");
    }

    @Test
    void an_unknown_upload() {
        String unknown = UUID.randomUUID().toString();
        refused(404, unknown, config(), "sudoku", unknown);
    }

    @Test
    void without_a_config_the_settings_that_the_tensors_do_not_tell_are_asked_for() {
        refused(422, checkpoint(), null, "sudoku", "step_484", "config");
        var problem = assertRefused(client.evaluate(checkpoint(), null, "sudoku", null), 422, "halt_max_steps");
        assertThat(problem.get("missing"))
                .isEqualTo(List.of("H_cycles", "L_cycles", "halt_max_steps", "puzzle_emb_len", "forward_dtype"));
        assertThat(problem.get("presets"))
                .isEqualTo(List.of(
                        "hrm",
                        "lucidrains",
                        "nano-trm",
                        "trm-arc",
                        "trm-maze",
                        "trm-sudoku-att",
                        "trm-sudoku-mlp",
                        "urm-arc",
                        "urm-sudoku"));
    }

    @Test
    void settings_can_be_given_without_a_config_and_the_evaluation_tells_where_they_came_from() {
        // What the trainer's configuration says, in the types that a page may send.
        Map<String, Object> settings = Map.of(
                "H_cycles", 1, "L_cycles", "2", "halt_max_steps", 4, "puzzle_emb_len", 1, "forward_dtype", "float32");
        client.evaluate(checkpoint(), null, null, settings, "sudoku", null)
                .statusCode(201)
                .body("protocol.key", equalTo("4-steps.float32"))
                .body("protocol.whole", equalTo(true))
                .body("meanSteps", nullValue())
                .body("hyperParameters.lCycles", equalTo(2))
                .body("hyperParameters.hiddenSize", equalTo(64))
                .body("configurationSources.lCycles", equalTo("given"))
                .body("configurationSources.hiddenSize", equalTo("tensors"));
    }

    @Test
    void a_preset_that_the_tensors_contradict_names_both_numbers() {
        var before = client.kept();
        var problem = assertRefused(
                client.evaluate(checkpoint(), null, "trm-sudoku-mlp", Map.of(), "sudoku", null),
                422,
                "preset trm-sudoku-mlp (hidden_size)",
                "64",
                "512");
        assertThat(problem).doesNotContainKeys("missing", "presets");
        assertThat(client.kept()).isEqualTo(before);
        assertRefused(
                client.evaluate(checkpoint(), config(), "best", Map.of(), "sudoku", null),
                422,
                "preset best",
                "trm-arc");
        assertRefused(
                client.evaluate(checkpoint(), config(), null, Map.of("L_cylces", 6), "sudoku", null),
                422,
                "L_cylces",
                "L_cycles");
    }

    @Test
    void not_a_checkpoint() {
        String text = client.uploaded("step_2", "these are not weights".getBytes(StandardCharsets.UTF_8));
        refused(422, text, config(), "sudoku", "step_2");
    }

    @Test
    void a_truncated_zip() {
        byte[] whole = Golden.read(SUDOKU + "/step_484");
        refused(
                422,
                client.uploaded("step_3", Arrays.copyOf(whole, whole.length / 2)),
                config(),
                "sudoku",
                "step_3",
                "truncated");
    }

    @Test
    void a_pickle_with_a_foreign_global() throws IOException {
        byte[] pickle = "cposix\nsystem\n(S'true'\ntR.".getBytes(StandardCharsets.ISO_8859_1);
        refused(422, client.uploaded("step_4", zipWithPickle(pickle)), config(), "sudoku", "step_4", "posix.system");
    }

    @Test
    void a_config_that_does_not_fit_the_tensors() {
        String text = new String(Golden.read(SUDOKU + "/all_config.yaml"), StandardCharsets.UTF_8);
        String wrong = text.replaceFirst("hidden_size: 64", "hidden_size: 96");
        refused(
                422,
                checkpoint(),
                client.uploaded("all_config.yaml", wrong.getBytes(StandardCharsets.UTF_8)),
                "sudoku",
                "64",
                "96");
    }

    @Test
    void a_config_that_is_not_yaml() {
        byte[] text = "arch: [unclosed".getBytes(StandardCharsets.UTF_8);
        refused(422, checkpoint(), client.uploaded("all_config.yaml", text), "sudoku", "all_config.yaml");
    }

    @Test
    void another_identifier_count_names_both_numbers() {
        String arc = client.uploaded("step_7358", Golden.read("trained/arc_easy14/step_7358"));
        String config = client.uploaded("all_config.yaml", Golden.read("trained/arc_easy14/all_config.yaml"));
        refused(
                422,
                arc,
                config,
                "sudoku",
                "step_7358",
                "127 puzzle identifiers",
                "the set 1;",
                "12 tokens",
                "the set 6");
    }

    @Test
    void a_sudoku_of_another_size_names_both_numbers() throws IOException {
        byte[] csv = Golden.read("demo/sudoku-9x9/test.csv");
        client.importSet("sudoku9", java.util.Map.of("test.csv", csv));
        refused(422, checkpoint(), config(), "sudoku9", "6 tokens", "the set 11", "sequences of 16", "has 81");
    }

    @Test
    void a_model_name_of_two_lines() {
        var before = client.kept();
        assertRefused(client.evaluate(checkpoint(), config(), "sudoku", "a\nb"), 400, "model");
        assertThat(client.kept()).isEqualTo(before);
    }

    /** Refused with these words; the files that were uploaded can be used again, and nothing else is left behind. */
    private void refused(
            int status,
            String checkpoint,
            @org.jspecify.annotations.Nullable String config,
            String set,
            String... named) {
        int uploads = client.uploads();
        var before = client.kept();
        assertRefused(client.evaluate(checkpoint, config, set, null), status, named);
        assertThat(client.uploads()).isEqualTo(uploads);
        assertThat(client.kept()).isEqualTo(before);
        assertThat(client.files()).noneMatch(file -> file.startsWith("work/"));
        assertThat(client.unused()).isEmpty();
    }

    private String checkpoint() {
        return client.uploaded("step_484", Golden.read(SUDOKU + "/step_484"));
    }

    private String config() {
        return client.uploaded("all_config.yaml", Golden.read(SUDOKU + "/all_config.yaml"));
    }

    private List<WorkUnit> sent(String evaluation, int count) {
        try (var received = new Received(broker.bootstrapServers(), Topics.WORK)) {
            return received.payloads(evaluation, count).stream()
                    .map(payload -> Json.read(payload, WorkUnit.class))
                    .toList();
        }
    }

    private static byte[] zipWithPickle(byte[] pickle) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            var crc = new CRC32();
            crc.update(pickle);
            var entry = new ZipEntry("archive/data.pkl");
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(pickle.length);
            entry.setCrc(crc.getValue());
            zip.putNextEntry(entry);
            zip.write(pickle);
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }
}
