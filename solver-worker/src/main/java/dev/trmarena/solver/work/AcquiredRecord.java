package dev.trmarena.solver.work;

import dev.trmarena.traces.Traces;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record of a share group and this consumer's lock on it. The broker gives the record to somebody else when the lock is
 * neither renewed nor given up in time.
 */
final class AcquiredRecord {
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

    /** Done: nobody gets it again. It counts from the next {@link TakeUnits#commit} on, as everything here. */
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
            consumer.acknowledge(record, type);
        }
    }

    /** Asks for another lock period, see {@link TakeUnits#renew}. */
    void renew() {
        consumer.acknowledge(record, AcknowledgeType.RENEW);
    }

    /** Somebody else may have it. */
    void lost() {
        held = false;
    }

    /** Of two that are the same record. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AcquiredRecord that
                && that.record.offset() == record.offset()
                && that.record.partition() == record.partition();
    }

    @Override
    public int hashCode() {
        return Long.hashCode(record.offset());
    }

    @Override
    public String toString() {
        return record.topic() + "-" + record.partition() + " offset " + record.offset();
    }
}
