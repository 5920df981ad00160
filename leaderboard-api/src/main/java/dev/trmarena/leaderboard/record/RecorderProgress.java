package dev.trmarena.leaderboard.record;

import dev.trmarena.messages.Meter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Whether the recorder consumes, and how far it is behind. Told by the recorder's thread, asked by others. */
@Singleton
class RecorderProgress {
    /** Heartbeats are due every 5 seconds, and a poll half a second after the last one's messages were recorded. */
    private static final Duration TOO_LONG = Duration.ofSeconds(30);

    private volatile @Nullable Metric heartbeat;
    private volatile double lag = Double.NaN;
    private volatile long polledAt;

    RecorderProgress(MeterRegistry registry) {
        show(registry, Meter.RECORDER_LAG, progress -> progress.lag);
        show(registry, Meter.HEARTBEAT_AGE, RecorderProgress::heartbeatAgeSeconds);
    }

    private void show(MeterRegistry registry, Meter meter, ToDoubleFunction<RecorderProgress> value) {
        Gauge.builder(meter.id(), this, value)
                .description(meter.meaning())
                .strongReference(true)
                .register(registry);
    }

    /** A new consumer begins. */
    void begun(KafkaConsumer<?, ?> consumer) {
        heartbeat = consumer.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("last-heartbeat-seconds-ago"))
                .findAny()
                .orElse(null);
        polledAt = System.nanoTime();
    }

    /** It polled: what came is recorded. */
    void polled(KafkaConsumer<?, ?> consumer) {
        polledAt = System.nanoTime();
        double sum = 0;
        for (TopicPartition partition : consumer.assignment()) {
            sum += consumer.currentLag(partition).orElse(0);
        }
        lag = sum;
    }

    /** It ended; another one may begin. */
    void ended() {
        heartbeat = null;
        lag = Double.NaN;
    }

    /** NaN while there is no consumer, or it has not reached the broker yet. */
    double heartbeatAgeSeconds() {
        Metric current = heartbeat;
        return current != null && current.metricValue() instanceof Number age && age.doubleValue() >= 0
                ? age.doubleValue()
                : Double.NaN;
    }

    /** Whether the broker has this recorder in its group and messages are being recorded. */
    boolean consuming() {
        // NaN is below nothing.
        return heartbeatAgeSeconds() < TOO_LONG.toSeconds() && System.nanoTime() - polledAt < TOO_LONG.toNanos();
    }
}
