package dev.trmarena.messages;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Everything that a topic with one partition holds, from its beginning. */
public final class Received implements AutoCloseable {
    /** As a busy machine may need; whoever waits for what never comes waits so long, and fails. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

    public Received(String bootstrapServers, String topic) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "auto.offset.reset",
                        "earliest",
                        "reconnect.backoff.max.ms",
                        200),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        var partition = List.of(new TopicPartition(topic, 0));
        consumer.assign(partition);
        consumer.seekToBeginning(partition);
    }

    /** Keys so far, when there are at least so many different ones. */
    public TreeSet<String> keys(int atLeast) {
        await().atMost(PATIENCE).until(() -> {
            poll();
            return keys().size() >= atLeast;
        });
        return keys();
    }

    /** Payloads of the records whose key starts with this, when there are at least so many. */
    public List<byte[]> payloads(String prefix, int atLeast) {
        await().atMost(PATIENCE).until(() -> {
            poll();
            return with(prefix).size() >= atLeast;
        });
        return with(prefix);
    }

    private void poll() {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
    }

    private TreeSet<String> keys() {
        TreeSet<String> keys = new TreeSet<>();
        records.forEach(each -> keys.add(new String(each.key(), StandardCharsets.UTF_8)));
        return keys;
    }

    private List<byte[]> with(String prefix) {
        Collection<ConsumerRecord<byte[], byte[]>> all = records;
        return all.stream()
                .filter(each -> new String(each.key(), StandardCharsets.UTF_8).startsWith(prefix))
                .map(ConsumerRecord::value)
                .toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
