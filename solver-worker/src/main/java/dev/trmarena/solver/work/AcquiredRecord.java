package dev.trmarena.solver.work;

import dev.trmarena.traces.Traces;
import java.time.Duration;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A record of a share group and this consumer's lock on it. The broker gives the record to somebody else when the lock is
 * neither renewed nor given up in time.
 */
final class AcquiredRecord {
    private static final Logger LOG = LoggerFactory.getLogger(AcquiredRecord.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final KafkaShareConsumer<String, byte[]> consumer;
    private final ConsumerRecord<String, byte[]> record;
    private boolean held = true;

    AcquiredRecord(KafkaShareConsumer<String, byte[]> consumer, ConsumerRecord<String, byte[]> record) {
        this.consumer = consumer;
        this.record = record;
    }

    byte[] value() {
        return record.value();
    }

    /** The span that the work on it continues; null when it is in no trace. */
    @Nullable
    String traceparent() {
        Header header = record.headers().lastHeader(Traces.TRACEPARENT);
        return header == null ? null : Traces.text(header.value());
    }

    /** How often it was given out, this time included. */
    int deliveries() {
        return record.deliveryCount().map(Short::intValue).orElse(1);
    }

    boolean isHeld() {
        return held;
    }

    /** Done: nobody gets it again. */
    void accept() {
        giveUp(AcknowledgeType.ACCEPT);
    }

    /** Not done, and nobody could be told so: somebody gets it again. */
    void release() {
        giveUp(AcknowledgeType.RELEASE);
    }

    /** Cannot be done by anybody. */
    void reject() {
        giveUp(AcknowledgeType.REJECT);
    }

    private void giveUp(AcknowledgeType type) {
        if (held) {
            held = false;
            commit(type);
        }
    }

    /**
     * Asks for another lock period.
     *
     * @return false when the lock is lost
     */
    boolean renew() {
        held = commit(AcknowledgeType.RENEW) && handedBack();
        return held;
    }

    /**
     * KIP-1222: a renewed record can be acknowledged again only after a poll has returned it once more. That poll returns
     * renewed records alone, unless there are none.
     */
    private boolean handedBack() {
        boolean found = false;
        for (ConsumerRecord<String, byte[]> polled : consumer.poll(PATIENCE)) {
            if (polled.offset() == record.offset() && polled.partition() == record.partition()) {
                found = true;
            } else {
                new AcquiredRecord(consumer, polled).release();
            }
        }
        return found;
    }

    /** Committed at once: an acknowledgement that waits for the next poll counts as another delivery meanwhile. */
    private boolean commit(AcknowledgeType type) {
        consumer.acknowledge(record, type);
        boolean done = true;
        for (var answer : consumer.commitSync().values()) {
            if (answer.isPresent()) {
                done = false;
                LOG.warn("{} of {} failed: {}", type, this, answer.get().toString());
            }
        }
        return done;
    }

    @Override
    public String toString() {
        return record.topic() + "-" + record.partition() + " offset " + record.offset();
    }
}
