package dev.trmarena.leaderboard.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.TestPostgres;
import dev.trmarena.db.board.StorageKind;
import dev.trmarena.db.board.StorageView;
import dev.trmarena.db.plan.PuzzleSetRow;
import dev.trmarena.db.plan.PuzzleSets;
import dev.trmarena.leaderboard.RealParts;
import dev.trmarena.messages.Meter;
import dev.trmarena.messages.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database and a store of its own, and the broker of all tests: what each kind takes, as the page and the meter have it. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StorageIsMeasuredByItsUse {
    private static final String NOBODY = "127.0.0.1:9";

    @ConfigProperty(name = "arena.kafka")
    String kafka;

    @TempDir
    Path folder;

    private final Jdbi jdbi = TestPostgres.migrated();
    private final MeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void files_are_counted_once_however_many_need_them() throws Exception {
        var store = new ArtifactStore(folder.resolve("artifacts"));
        String weights = stored(store, 5000);
        String both = stored(store, 700);
        String inputs = stored(store, 60);
        stored(store, 9);
        UUID checkpoint = UUID.randomUUID();
        UUID set = UUID.randomUUID();
        jdbi.useHandle(handle -> {
            handle.createUpdate("""
                            insert into checkpoint (id, manifest_digest, source_digest, tensor_digest, file_name,
                              architecture, core_parameters, embedding_parameters, manifest)
                            values (:id, 'm', 's', 't', 'step_1', 'trm', 1, 0, '{}')""").bind("id", checkpoint).execute();
            handle.createUpdate("insert into artifact_use (digest, holder) values (:one, :id), (:other, :id)")
                    .bind("one", weights)
                    .bind("other", both)
                    .bind("id", checkpoint)
                    .execute();
            PuzzleSets.insert(
                    handle, new PuzzleSetRow(set, "set", "maze", "m", 9, 6, 1, 10, 10), List.of(both, inputs));
        });
        Map<StorageKind, Long> measured = measured(store, NOBODY, Optional.empty());
        assertThat(measured)
                .containsEntry(StorageKind.CHECKPOINTS, 5700L)
                .containsEntry(StorageKind.PUZZLE_SETS, 60L)
                .containsEntry(StorageKind.UPLOADS, 0L);
        assertThat(meter(StorageKind.CHECKPOINTS)).isEqualTo(5700);
        assertThat(bytes(measured, StorageKind.RECORDS)).isGreaterThan(bytes(measured, StorageKind.ANSWERS));
        assertThat(bytes(measured, StorageKind.ANSWERS)).isPositive();
    }

    @Test
    void topics_are_what_the_broker_says() throws Exception {
        var store = new ArtifactStore(folder.resolve("artifacts"));
        long before = bytes(measured(store, kafka, Optional.empty()), StorageKind.TOPICS);
        byte[] message = new byte[500_000];
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", kafka),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.DEAD_WORK, message)).get();
        }
        assertThat(bytes(measured(store, kafka, Optional.empty()), StorageKind.TOPICS))
                .isGreaterThanOrEqualTo(before + message.length);
    }

    @Test
    void logs_are_the_files_of_their_folder_and_whoever_does_not_answer_is_left_out() throws Exception {
        var store = new ArtifactStore(folder.resolve("artifacts"));
        Path logs = Files.createDirectories(folder.resolve("logs"));
        Files.write(logs.resolve("ingest.log"), new byte[300]);
        Files.write(logs.resolve("ingest.log.1"), new byte[20]);
        Map<StorageKind, Long> measured = measured(store, NOBODY, Optional.of(logs));
        assertThat(measured).containsEntry(StorageKind.LOGS, 320L).doesNotContainKey(StorageKind.TOPICS);
        assertThat(meter(StorageKind.LOGS)).isEqualTo(320);
        assertThat(meter(StorageKind.TOPICS)).isNaN();
        assertThat(meter(StorageKind.RECORDS)).isEqualTo(bytes(measured, StorageKind.RECORDS));
        assertThat(measured(store, NOBODY, Optional.empty())).doesNotContainKey(StorageKind.LOGS);
    }

    /** Measured now: what was read a minute ago is another one's. */
    private Map<StorageKind, Long> measured(ArtifactStore store, String broker, Optional<Path> logs) {
        registry.clear();
        var storage = new MeasureStorage(registry, jdbi, store, broker, logs);
        storage.start(new StartupEvent());
        var bytes = new EnumMap<StorageKind, Long>(StorageKind.class);
        for (StorageView view : storage.views().orElseThrow()) {
            bytes.put(view.kind(), view.bytes());
        }
        return bytes;
    }

    private double meter(StorageKind kind) {
        return registry.get(Meter.STORAGE.id()).tag("kind", kind.key()).gauge().value();
    }

    private static long bytes(Map<StorageKind, Long> measured, StorageKind kind) {
        return Objects.requireNonNull(measured.get(kind), kind.key());
    }

    /** @return the digest of so many bytes */
    private static String stored(ArtifactStore store, int bytes) throws IOException {
        return store.put(new ByteArrayInputStream(new byte[bytes])).digest();
    }
}
