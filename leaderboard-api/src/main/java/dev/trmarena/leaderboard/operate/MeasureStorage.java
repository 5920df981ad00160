package dev.trmarena.leaderboard.operate;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.board.ReadStorage;
import dev.trmarena.db.board.StorageKind;
import dev.trmarena.db.board.StorageView;
import dev.trmarena.http.live.CachedReading;
import dev.trmarena.messages.Meter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Shows how much storage is in use, by what it is used for. An artifact that several need is counted once. Database, broker and
 * logs are asked apart: one that does not answer takes no other with it.
 */
@ApplicationScoped
class MeasureStorage {
    private static final Duration KEEP = Duration.ofMinutes(1);

    private final MeterRegistry registry;
    private final ArtifactStore store;
    private final CachedReading<Map<StorageKind, Long>> stored;
    private final CachedReading<Long> topics;
    private final Optional<CachedReading<Long>> logs;

    /** @param logs the folder of the logs of this platform's processes; empty where somebody else keeps them */
    MeasureStorage(
            MeterRegistry registry,
            Jdbi jdbi,
            ArtifactStore store,
            @ConfigProperty(name = "arena.kafka") String kafka,
            @ConfigProperty(name = "arena.logs") Optional<Path> logs) {
        this.registry = registry;
        this.store = store;
        this.stored = new CachedReading<>(KEEP, () -> jdbi.withHandle(this::read));
        this.topics = new CachedReading<>(KEEP, () -> TopicBytes.of(kafka));
        this.logs = logs.map(folder -> new CachedReading<>(KEEP, () -> filesIn(folder)));
    }

    void start(@Observes StartupEvent started) {
        for (StorageKind kind : StorageKind.values()) {
            Gauge.builder(Meter.STORAGE.id(), this, storage -> storage.bytes(kind)
                            .map(Long::doubleValue)
                            .orElse(Double.NaN))
                    .description(Meter.STORAGE.meaning())
                    .tag("kind", kind.key())
                    .strongReference(true)
                    .register(registry);
        }
    }

    /** As it was within the last minute, without what cannot be measured; empty while nothing can be read of the database. */
    Optional<List<StorageView>> views() {
        return stored.value().map(known -> Stream.of(StorageKind.values())
                .flatMap(kind -> bytes(kind).map(bytes -> new StorageView(kind, bytes)).stream())
                .toList());
    }

    private Optional<Long> bytes(StorageKind kind) {
        return switch (kind) {
            case TOPICS -> topics.value();
            case LOGS -> logs.flatMap(CachedReading::value);
            default -> stored.value().map(bytes -> bytes.getOrDefault(kind, 0L));
        };
    }

    private Map<StorageKind, Long> read(Handle handle) {
        long answers = ReadStorage.answers(handle);
        Set<String> counted = new HashSet<>();
        return Map.of(
                StorageKind.ANSWERS,
                answers,
                StorageKind.RECORDS,
                ReadStorage.database(handle) - answers,
                StorageKind.CHECKPOINTS,
                bytes(ReadStorage.ofCheckpoints(handle), counted),
                StorageKind.PUZZLE_SETS,
                bytes(ReadStorage.ofPuzzleSets(handle), counted),
                StorageKind.UPLOADS,
                bytes(ReadStorage.ofUploads(handle), counted));
    }

    /** Of those that are there and not counted yet. */
    private long bytes(Set<String> digests, Set<String> counted) {
        return digests.stream().filter(counted::add).mapToLong(store::bytes).sum();
    }

    /** One that is begun anew meanwhile may be missed. */
    private static long filesIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }
}
