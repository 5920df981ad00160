package dev.trmarena.solver.work;

import dev.trmarena.messages.Topics;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** How a solver speaks with the broker. */
final class Clients {
    private Clients() {}

    /** Takes so many units at a time at most, and says what became of each. */
    static KafkaShareConsumer<String, byte[]> consumer(String bootstrap, int units) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrap,
                "group.id",
                Topics.SOLVERS,
                "share.acknowledgement.mode",
                "explicit",
                "share.acquire.mode",
                "record_limit",
                "max.poll.records",
                String.valueOf(units));
        var consumer = new KafkaShareConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(Topics.WORK));
        return consumer;
    }

    /** What it sent lies on the brokers' disks. */
    static KafkaProducer<String, byte[]> producer(String bootstrap) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrap,
                "acks",
                "all",
                "enable.idempotence",
                "true",
                "compression.type",
                "lz4",
                "max.request.size",
                String.valueOf(8 << 20));
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }
}
