package dev.trmarena.ingest;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.safetensors.SafetensorsFile;
import dev.trmarena.artifacts.safetensors.SafetensorsOutput;
import dev.trmarena.artifacts.safetensors.TensorInfo;
import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.RiskyWork;
import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.ReadEvaluations;
import dev.trmarena.db.board.TrainingView;
import dev.trmarena.db.record.RecordAdaptations;
import dev.trmarena.messages.EvaluationState;
import dev.trmarena.messages.Json;
import dev.trmarena.messages.Outcome;
import dev.trmarena.messages.Purpose;
import dev.trmarena.messages.Received;
import dev.trmarena.messages.TestBroker;
import dev.trmarena.messages.Topics;
import dev.trmarena.messages.WorkUnit;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.commons.codec.digest.DigestUtils;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What a solver has adapted becomes a checkpoint that its evaluation answers by, or the evaluation ends with the reason. */
@QuarkusTest
@WithTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WhatWasAdaptedIsTakenIn {
    private static final Path DEMO =
            Path.of(System.getProperty("arena.root", "..")).resolve("demo/unseen");
    private static final int STEPS = 2;
    private static final int ROWS = 21;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String TABLE = "puzzle_emb.weights";

    @Inject
    Client client;

    @Inject
    ArtifactStore store;

    @Inject
    Jdbi jdbi;

    @ConfigProperty(name = "arena.adaptations")
    Path adaptations;

    @SuppressWarnings("NullAway.Init") // RealParts puts it here
    TestBroker broker;

    @Test
    void its_units_name_it_and_the_folder_goes() throws IOException {
        UUID evaluation = adapting("taken-in", 1);
        told(evaluation, 0, kept(evaluation, "what was kept".getBytes(StandardCharsets.UTF_8)));
        Path folder = adaptations.resolve(evaluation.toString());
        told(evaluation, 1, kept(evaluation, adapted(evaluation, ROWS, 0.25f)));
        await().atMost(PATIENCE).until(() -> training(evaluation).checkpoint() != null);
        WorkUnit unit = message(evaluation, Purpose.SCORE);
        var manifest = CheckpointManifest.fromJson(Files.readAllBytes(store.path(unit.checkpointManifest())));
        assertThat(manifest.tensorDigest())
                .isEqualTo(training(evaluation).checkpoint())
                .isNotEqualTo(view(evaluation).checkpoint());
        assertThat(manifest.hyperParameters().identifierCount()).isEqualTo(ROWS);
        try (SafetensorsFile weights = SafetensorsFile.open(store.path(manifest.weights()))) {
            assertThat(weights.floatRow(TABLE, ROWS - 1)).containsOnly(0.25f);
        }
        Map<String, Object> row = jdbi.withHandle(handle -> handle.createQuery(
                        "select parent_digest, recipe from checkpoint where manifest_digest = :digest")
                .bind("digest", unit.checkpointManifest())
                .mapToMap()
                .one());
        assertThat(row)
                .containsEntry("parent_digest", view(evaluation).checkpoint())
                .containsEntry(
                        "recipe",
                        requireNonNull(view(evaluation).protocol(), "protocol").key());
        await().atMost(PATIENCE).until(() -> !Files.exists(folder));
        cancel(evaluation);
    }

    @Test
    void another_table_is_refused_with_both_shapes() throws IOException {
        UUID evaluation = adapting("another-table", 2);
        told(evaluation, 0, kept(evaluation, "kept".getBytes(StandardCharsets.UTF_8)));
        told(evaluation, 1, kept(evaluation, adapted(evaluation, ROWS + 1, 0)));
        await().atMost(PATIENCE).until(() -> view(evaluation).state() == EvaluationState.FAILED);
        assertThat(reason(evaluation)).contains(TABLE, "[22, ", "[21, ");
    }

    @Test
    void no_number_is_refused() throws IOException {
        UUID evaluation = adapting("no-number", 3);
        told(evaluation, 0, kept(evaluation, "kept".getBytes(StandardCharsets.UTF_8)));
        told(evaluation, 1, kept(evaluation, adapted(evaluation, ROWS, Float.NaN)));
        await().atMost(PATIENCE).until(() -> view(evaluation).state() == EvaluationState.FAILED);
        assertThat(reason(evaluation)).contains("the adapted weights", TABLE);
    }

    @Test
    void what_ended_the_service_twice_is_not_read_again_but_by_a_retry() throws IOException {
        UUID evaluation = adapting("deadly", 5);
        jdbi.useHandle(handle -> handle.execute(
                "insert into risky_work (kind, subject, process) select 'plan', ?, gen_random_uuid() from generate_series(1, 2)",
                evaluation.toString()));
        told(evaluation, 0, kept(evaluation, "kept".getBytes(StandardCharsets.UTF_8)));
        told(evaluation, 1, kept(evaluation, adapted(evaluation, ROWS, 0.5f)));
        await().atMost(PATIENCE).until(() -> view(evaluation).state() == EvaluationState.FAILED);
        assertThat(reason(evaluation)).contains("ended 2 times", "adapted weights");
        client.post("/api/evaluations/" + evaluation + "/retry", Map.of()).statusCode(200);
        int deaths = jdbi.withHandle(handle -> RiskyWork.deaths(handle, RiskyWork.Kind.PLAN, evaluation.toString()));
        assertThat(deaths).isZero();
        cancel(evaluation);
    }

    @Test
    void what_is_not_there_is_done_again() throws IOException {
        UUID evaluation = adapting("not-there", 4);
        message(evaluation, Purpose.ADAPT);
        jdbi.useTransaction(handle -> RecordAdaptations.adapted(
                handle, new Outcome.Adapted(evaluation, 0, "s", 1, "CPU", 5, "ab".repeat(32), List.of(1.0))));
        await().atMost(PATIENCE).until(() -> training(evaluation).step() == 0);
        cancel(evaluation);
    }

    /** In legs of one step each. @param seed so that it is the same work as no other here */
    private UUID adapting(String set, int seed) throws IOException {
        client.importFolder(set, DEMO.resolve("dataset"));
        String id = client.post(
                        "/api/evaluations",
                        Map.of(
                                "checkpoint",
                                client.uploaded(DEMO.resolve("step_7178")),
                                "config",
                                client.uploaded(DEMO.resolve("all_config.yaml")),
                                "puzzleSet",
                                set,
                                "protocol",
                                Map.of("adaptation", Map.of("mode", "all", "steps", STEPS, "seed", seed))))
                .statusCode(201)
                .body("training.step", equalTo(0))
                .extract()
                .path("id");
        return UUID.fromString(id);
    }

    /** As a solver would tell of it. */
    private void told(UUID evaluation, int leg, String file) {
        await().atMost(PATIENCE)
                .until(() -> jdbi.withHandle(handle -> handle.createQuery("""
                                select given_out_at is not null and done = :leg from adaptation where evaluation_id = :id""")
                        .bind("leg", leg)
                        .bind("id", evaluation)
                        .mapTo(Boolean.class)
                        .one()));
        jdbi.useTransaction(handle -> RecordAdaptations.adapted(
                handle, new Outcome.Adapted(evaluation, leg, "s", 1, "CPU", 5, file, Collections.nCopies(1, 3.0))));
    }

    private String kept(UUID evaluation, byte[] content) throws IOException {
        String digest = DigestUtils.sha256Hex(content);
        Path folder = Files.createDirectories(adaptations.resolve(evaluation.toString()));
        Files.write(folder.resolve(digest), content);
        return digest;
    }

    /** The checkpoint with another table, as an adaptation would write it. */
    private byte[] adapted(UUID evaluation, int rows, float value) throws IOException {
        Path file = Files.createTempFile("adapted", ".safetensors");
        try (SafetensorsFile weights = SafetensorsFile.open(store.path(client.weights(evaluation.toString())))) {
            List<TensorInfo> tensors = new ArrayList<>();
            for (TensorInfo tensor : weights.tensors().values()) {
                boolean table = tensor.name().equals(TABLE);
                tensors.add(new TensorInfo(
                        "model.inner." + tensor.name(),
                        tensor.type(),
                        table ? new long[] {rows, tensor.shape()[1]} : tensor.shape(),
                        0));
            }
            Files.delete(file);
            try (var output = new SafetensorsOutput(file, tensors)) {
                for (TensorInfo tensor : weights.tensors().values()) {
                    if (tensor.name().equals(TABLE)) {
                        float[] filled = new float[(int) (rows * tensor.shape()[1])];
                        Arrays.fill(filled, value);
                        output.write(filled);
                    } else {
                        output.write(weights.slice(tensor.name()));
                    }
                }
                output.finish();
            }
            try (InputStream in = Files.newInputStream(file)) {
                return in.readAllBytes();
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private WorkUnit message(UUID evaluation, Purpose purpose) {
        try (var received = new Received(broker.bootstrapServers(), Topics.WORK)) {
            String prefix = purpose == Purpose.ADAPT ? "adaptation/" : "";
            return received.payloads(prefix + evaluation, 1).stream()
                    .map(bytes -> Json.read(bytes, WorkUnit.class))
                    .filter(unit -> unit.purpose() == purpose)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private TrainingView training(UUID evaluation) {
        return requireNonNull(view(evaluation).training(), "training");
    }

    private String reason(UUID evaluation) {
        return requireNonNull(view(evaluation).failure(), "failure").reason();
    }

    private EvaluationView view(UUID evaluation) {
        return jdbi.withHandle(handle -> ReadEvaluations.byId(handle, evaluation))
                .orElseThrow();
    }

    private void cancel(UUID evaluation) {
        client.post("/api/evaluations/" + evaluation + "/cancel", Map.of()).statusCode(200);
    }
}
