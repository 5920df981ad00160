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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Shows how much storage is in use, by what it is used for. An artifact that several need is counted once. */
@ApplicationScoped
class MeasureStorage {
    private static final Duration KEEP = Duration.ofMinutes(1);

    private final MeterRegistry registry;
    private final Jdbi jdbi;
    private final ArtifactStore store;
    private final CachedReading<Map<StorageKind, Long>> recent;

    MeasureStorage(MeterRegistry registry, Jdbi jdbi, ArtifactStore store) {
        this.registry = registry;
        this.jdbi = jdbi;
        this.store = store;
        this.recent = new CachedReading<>(KEEP, () -> jdbi.withHandle(this::read));
    }

    void start(@Observes StartupEvent started) {
        for (StorageKind kind : StorageKind.values()) {
            Gauge.builder(Meter.STORAGE.id(), recent, reading -> reading.part(bytes -> bytes.getOrDefault(kind, 0L)))
                    .description(Meter.STORAGE.meaning())
                    .tag("kind", kind.key())
                    .strongReference(true)
                    .register(registry);
        }
    }

    /** As it was within the last minute; empty while it cannot be read. */
    Optional<List<StorageView>> views() {
        return recent.value().map(bytes -> {
            List<StorageView> views = new ArrayList<>();
            for (StorageKind kind : StorageKind.values()) {
                views.add(new StorageView(kind, bytes.getOrDefault(kind, 0L)));
            }
            return views;
        });
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
}
