package dev.trmarena.leaderboard.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trmarena.messages.TestBroker;
import dev.trmarena.messages.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readiness follows the broker: not before it is there, and not long after it went away. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ARecorderWithoutABrokerDoesNotConsume {
    private final RecorderProgress progress = new RecorderProgress(new SimpleMeterRegistry());

    @TempDir
    Path folder;

    @Test
    void and_says_so() throws Exception {
        try (var broker = new TestBroker(folder);
                var consumer =
                        new KafkaConsumer<byte[], byte[]>(Recorder.settings(broker.bootstrapServers(), "recorder"))) {
            consumer.subscribe(List.of(Topics.OUTCOMES));
            progress.begun(consumer);
            poll(consumer);
            assertThat(progress.consuming()).as("before there is a broker").isFalse();

            broker.start();
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                poll(consumer);
                return progress.consuming();
            });

            broker.kill();
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                poll(consumer);
                return !progress.consuming();
            });
            progress.ended();
            assertThat(progress.heartbeatAgeSeconds()).isNaN();
        }
    }

    private void poll(KafkaConsumer<byte[], byte[]> consumer) {
        consumer.poll(Duration.ofMillis(200));
        progress.polled(consumer);
    }
}
