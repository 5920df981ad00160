package dev.trmarena.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trmarena.messages.Received;
import dev.trmarena.messages.TestBroker;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.TreeSet;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Whatever was committed arrives, though Kafka goes away in the middle; what was rolled back never does. */
@QuarkusTest
@WithTestResource(value = RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TheOutboxReachesKafka {
    private static final String TOPIC = "relay-test";

    @Inject
    Jdbi jdbi;

    @Inject
    Client client;

    @SuppressWarnings("NullAway.Init") // RealParts puts it here
    TestBroker broker;

    @Test
    void though_the_broker_is_killed_in_the_middle() throws Exception {
        try (var received = new Received(broker.bootstrapServers(), TOPIC)) {
            commit(0, 1500);
            await().atMost(Duration.ofSeconds(30)).until(() -> waiting() == 0);
            assertThat(received.keys(1500)).hasSize(1500);

            broker.kill();
            commit(1500, 2600);
            jdbi.useTransaction(handle -> {
                handle.execute("insert into outbox (topic, key, payload) values (?, 'never', '')", TOPIC);
                handle.rollback();
            });
            assertThat(waiting()).isEqualTo(1100);
            broker.start();

            await().atMost(Duration.ofSeconds(60)).until(() -> waiting() == 0);
            assertThat(received.keys(2600)).isEqualTo(keys(0, 2600));
        }
    }

    @Test
    void though_postgres_drops_every_connection() {
        client.dropConnections();
        jdbi.useHandle(handle ->
                handle.execute("insert into outbox (topic, key, payload) values ('relay-test-2', 'after', '')"));
        try (var received = new Received(broker.bootstrapServers(), "relay-test-2")) {
            assertThat(received.keys(1)).contains("after");
        }
    }

    private void commit(int from, int to) {
        jdbi.useTransaction(handle -> {
            var batch = handle.prepareBatch("insert into outbox (topic, key, payload) values (?, ?, ?)");
            for (String key : keys(from, to)) {
                batch.add(TOPIC, key, key.getBytes(StandardCharsets.UTF_8));
            }
            batch.execute();
        });
    }

    private static TreeSet<String> keys(int from, int to) {
        TreeSet<String> keys = new TreeSet<>();
        for (int i = from; i < to; i++) {
            keys.add("key-" + i);
        }
        return keys;
    }

    private int waiting() {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from outbox where topic = ?")
                .bind(0, TOPIC)
                .mapTo(Integer.class)
                .one());
    }
}
