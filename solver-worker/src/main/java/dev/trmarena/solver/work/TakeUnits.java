package dev.trmarena.solver.work;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member of the share group: takes records, renews the locks on those that are held, and says what became of them. How many
 * records it gets is fixed when a consumer is made; another number is another consumer. Used from one thread.
 *
 * <p>A poll that ends with nothing leaves a request at the broker, which may lock records at any moment; the next poll returns them.
 * Until then somebody has to go on asking, and the consumer stays: closing it would give them to others as if their solver were gone.
 */
final class TakeUnits implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TakeUnits.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final IntFunction<KafkaShareConsumer<String, byte[]>> joining;
    private volatile @Nullable KafkaShareConsumer<String, byte[]> consumer;
    private int most;
    private boolean asks;

    /** @param joining makes a consumer that takes so many at most */
    TakeUnits(IntFunction<KafkaShareConsumer<String, byte[]>> joining) {
        this.joining = joining;
    }

    /** Whether the broker may lock records for it at any moment, without having been asked again. */
    boolean asks() {
        return asks;
    }

    /** Waits so long for records, so many at most, or as many as it asks for already. None are held now. */
    List<AcquiredRecord> next(int atMost, Duration patience) {
        KafkaShareConsumer<String, byte[]> member = consumer;
        if (member != null && most != atMost && !asks) {
            close();
            member = null;
        }
        if (member == null) {
            member = joining.apply(atMost);
            consumer = member;
            most = atMost;
        }
        return polled(member, patience);
    }

    private List<AcquiredRecord> polled(KafkaShareConsumer<String, byte[]> member, Duration patience) {
        asks = true;
        List<AcquiredRecord> records = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : member.poll(patience)) {
            records.add(new AcquiredRecord(member, record));
        }
        asks = records.isEmpty();
        return records;
    }

    /**
     * Asks for another lock period for all that are held.
     *
     * @param records those of which a lock is lost are not held afterwards
     */
    void renew(List<AcquiredRecord> records) {
        KafkaShareConsumer<String, byte[]> member = consumer;
        if (member == null || records.isEmpty()) {
            return;
        }
        records.forEach(AcquiredRecord::renew);
        if (commit()) {
            handBack(member, records);
        } else {
            records.forEach(AcquiredRecord::lost);
        }
    }

    /**
     * KIP-1222: a renewed record can be acknowledged again only after a poll has returned it once more. That poll returns
     * renewed records alone, unless there are none.
     */
    private void handBack(KafkaShareConsumer<String, byte[]> member, List<AcquiredRecord> records) {
        List<AcquiredRecord> back = new ArrayList<>();
        boolean others = false;
        for (AcquiredRecord found : polled(member, PATIENCE)) {
            if (records.contains(found)) {
                back.add(found);
            } else {
                found.release();
                others = true;
            }
        }
        if (others) {
            commit();
        }
        records.stream().filter(record -> !back.contains(record)).forEach(AcquiredRecord::lost);
    }

    /**
     * Tells the broker what became of records, at once: an acknowledgement that waits for the next poll counts as another delivery
     * meanwhile.
     *
     * @return whether it took all of it
     */
    boolean commit() {
        KafkaShareConsumer<String, byte[]> member = consumer;
        boolean done = true;
        if (member != null) {
            for (var answer : member.commitSync().entrySet()) {
                KafkaException trouble = answer.getValue().orElse(null);
                if (trouble != null) {
                    done = false;
                    LOG.warn("what became of units of {} is not told: {}", answer.getKey(), trouble.toString());
                }
            }
        }
        return done;
    }

    /** Seconds since the group heard of it; none before it joined. */
    double heartbeatAge() {
        KafkaShareConsumer<String, byte[]> member = consumer;
        if (member == null) {
            return Double.NaN;
        }
        for (Metric metric : member.metrics().values()) {
            if (metric.metricName().name().equals("last-heartbeat-seconds-ago")
                    && metric.metricValue() instanceof Number age
                    && age.doubleValue() >= 0) {
                return age.doubleValue();
            }
        }
        return Double.NaN;
    }

    /** What is held goes to somebody else; another consumer may take afterwards. */
    @Override
    public void close() {
        KafkaShareConsumer<String, byte[]> member = consumer;
        consumer = null;
        asks = false;
        if (member != null) {
            try {
                member.close(PATIENCE);
            } catch (KafkaException e) {
                LOG.debug("a consumer ended without saying so", e);
            }
        }
    }
}
