package dev.trmarena.leaderboard;

import dev.trmarena.db.TestPostgres;
import dev.trmarena.messages.TestBroker;
import dev.trmarena.messages.Topics;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/** Starts Postgres and Kafka for the tests and tells the application where they are. */
public final class RealParts implements QuarkusTestResourceLifecycleManager {
    private @Nullable Path folder;
    private @Nullable TestBroker broker;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("leaderboard-test");
            broker = new TestBroker(folder.resolve("kafka"));
            broker.start();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
                admin.createTopics(List.of(
                                new NewTopic(Topics.OUTCOMES, 1, (short) 1),
                                new NewTopic(Topics.DEAD_WORK, 1, (short) 1)))
                        .all()
                        .get(60, TimeUnit.SECONDS);
            }
            return Map.of(
                    "ARENA_DB_URL",
                    TestPostgres.emptyUrl(),
                    "ARENA_DB_USER",
                    "postgres",
                    "arena.kafka",
                    broker.bootstrapServers(),
                    "arena.artifacts",
                    folder.resolve("artifacts").toString(),
                    // Nobody listens there; what is sent in is not tested here.
                    "arena.ingest.url",
                    "http://127.0.0.1:9",
                    "quarkus.management.test-port",
                    "0",
                    "quarkus.http.test-port",
                    "0");
        } catch (Exception e) {
            throw new IllegalStateException("cannot start the parts", e);
        }
    }

    @Override
    public void stop() {
        try {
            if (broker != null) {
                broker.close();
            }
            if (folder != null) {
                try (var files = Files.walk(folder)) {
                    files.sorted(java.util.Comparator.reverseOrder())
                            .forEach(file -> file.toFile().delete());
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException("cannot stop the parts", e);
        }
    }
}
