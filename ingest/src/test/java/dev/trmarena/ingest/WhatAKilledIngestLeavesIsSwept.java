package dev.trmarena.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.artifacts.store.StoredArtifact;
import dev.trmarena.ingest.upload.StoreFiles;
import dev.trmarena.ingest.upload.StoreInAnotherProcess;
import dev.trmarena.ingest.upload.SweepUploads;
import dev.trmarena.ingest.upload.WorkFolders;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sweep takes what a killed process left in the store, and nothing that any process is using at that moment. */
@QuarkusTest
@WithTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WhatAKilledIngestLeavesIsSwept {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @Inject
    Client client;

    @Inject
    SweepUploads sweepUploads;

    @Inject
    StoreFiles storeFiles;

    @Inject
    WorkFolders workFolders;

    @Inject
    ArtifactStore store;

    @Inject
    Jdbi jdbi;

    @ConfigProperty(name = "arena.artifacts")
    Path artifacts;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String databaseUrl;

    private @Nullable Process process;
    private @Nullable String now;

    @BeforeEach
    void everything_here_is_swept() {
        sweepUploads.sweep();
        assertThat(client.unused()).isEmpty();
    }

    @AfterEach
    void end_the_other_process() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"written", "renamed"})
    void after_it_was_killed_when_a_file_was(String moment) throws Exception {
        Process other = start("killed-when-" + moment);
        var says = output(other);
        goOnUntil(moment, other, says);
        CompletableFuture<Void> sweep = sweepInUse(moment);
        assertThat(client.unused()).as("in use").isNotEmpty();
        other.destroyForcibly().waitFor();
        sweep.join();
        sweepUploads.sweep();
        assertThat(client.unused()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"written", "renamed"})
    void but_not_while_it_goes_on_when_a_file_was(String moment) throws Exception {
        String content = "goes-on-when-" + moment;
        Process other = start(content);
        var says = output(other);
        goOnUntil(moment, other, says);
        CompletableFuture<Void> sweep = sweepInUse(moment);
        goOnUntil("committed", other, says);
        sweep.join();
        sweepUploads.sweep();
        String digest = jdbi.withHandle(
                handle -> handle.createQuery("select manifest_digest from puzzle_set where name = :name")
                        .bind("name", content)
                        .mapTo(String.class)
                        .one());
        assertThat(store.verified(digest)).hasContent(content);
        other.outputWriter().append("end\n").flush();
        assertThat(other.waitFor()).isZero();
        assertThat(client.unused()).isEmpty();
    }

    @Test
    void and_nothing_that_this_process_is_using() throws IOException {
        try (var folder = workFolders.open();
                var batch = storeFiles.begin()) {
            Path file = Files.writeString(folder.path().resolve("file"), "at work");
            batch.put(file);
            int files = client.files().size();
            sweepUploads.sweep();
            assertThat(client.files()).hasSize(files);
            assertThat(file).hasContent("at work");
        }
        assertThat(client.unused()).isEmpty();
    }

    @Test
    void and_nothing_at_all_beside_another_database() throws IOException {
        String owner = store.owner().orElseThrow();
        StoredArtifact left =
                store.put(new ByteArrayInputStream("of another database".getBytes(StandardCharsets.UTF_8)));
        store.claim("6912345678901234567-5");
        try {
            sweepUploads.sweep();
            assertThat(store.has(left.digest())).isTrue();
        } finally {
            store.claim(owner);
        }
        sweepUploads.sweep();
        assertThat(store.has(left.digest())).isFalse();
    }

    private Process start(String content) throws IOException {
        process = StoreInAnotherProcess.start(artifacts, databaseUrl, content);
        return process;
    }

    private static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** It waits where it last said that it was. */
    private void goOnUntil(String moment, Process process, BufferedReader says) throws IOException {
        while (!moment.equals(now)) {
            if (now != null) {
                process.outputWriter().append("on\n").flush();
            }
            now = says.readLine();
            assertThat(now).as("it goes on to " + moment).isNotNull();
        }
    }

    /** Returns when the sweep has passed by, or waits for whoever holds the digest of a file that was renamed. */
    private CompletableFuture<Void> sweepInUse(String moment) {
        var sweep = CompletableFuture.runAsync(sweepUploads::sweep);
        await().atMost(PATIENCE).until(() -> sweep.isDone() || moment.equals("renamed") && someoneWaitsForADigest());
        return sweep;
    }

    private boolean someoneWaitsForADigest() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select exists (select 1 from pg_locks where locktype = 'advisory' and not granted)")
                .mapTo(Boolean.class)
                .one());
    }
}
