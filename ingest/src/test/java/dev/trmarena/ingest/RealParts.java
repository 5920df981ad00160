package dev.trmarena.ingest;

import dev.trmarena.db.TestPostgres;
import dev.trmarena.messages.TestBroker;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts Postgres and Kafka for the tests and tells the application where they are. */
public final class RealParts implements QuarkusTestResourceLifecycleManager {
    private @Nullable Path folder;
    private @Nullable TestBroker broker;
    private @Nullable FakeHub hub;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("ingest-test");
            broker = new TestBroker(folder.resolve("kafka"));
            broker.start();
            Map<String, String> settings = new HashMap<>(Map.of(
                    "ARENA_DB_URL", TestPostgres.emptyUrl(),
                    "ARENA_DB_USER", "postgres",
                    "arena.kafka", broker.bootstrapServers(),
                    "arena.artifacts", folder.resolve("artifacts").toString(),
                    "arena.upload.max-size", "16M",
                    // Here nobody solves: what is planned must be seen all the same.
                    "arena.dispatch.least-units", "100000",
                    "arena.relay.poll", "0.2S",
                    "arena.relay.send-timeout", "3S",
                    "quarkus.management.test-port", "0",
                    "quarkus.http.test-port", "0"));
            settings.put("arena.retention.unfinished.bytes", "64M");
            hub = new FakeHub();
            settings.putAll(hub.settings());
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the parts", e);
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(broker, new TestInjector.MatchesType(TestBroker.class));
        injector.injectIntoFields(hub, new TestInjector.MatchesType(FakeHub.class));
    }

    @Override
    public void stop() {
        try {
            if (broker != null) {
                broker.close();
            }
            if (hub != null) {
                hub.close();
            }
            if (folder != null) {
                try (var files = Files.walk(folder)) {
                    files.sorted(java.util.Comparator.reverseOrder())
                            .forEach(file -> file.toFile().delete());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
