package dev.trmarena.leaderboard.operate;

import dev.trmarena.messages.Meter;
import dev.trmarena.messages.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.List;

/** Counts what became of the messages that this process read. */
@Singleton
public class CountMessages {
    private final MeterRegistry registry;
    private final Counter examples;
    private final Counter deadLetters;

    public CountMessages(MeterRegistry registry) {
        this.registry = registry;
        examples = counter(Meter.EXAMPLES).register(registry);
        deadLetters = counter(Meter.DEAD_LETTERS).register(registry);
        // There from the start: a series that appears with its first message has no rate for it.
        List.of(Topics.OUTCOMES, Topics.DEAD_WORK, Topics.HEARTBEATS, Topics.SOLVER_ENDS)
                .forEach(this::quarantined);
    }

    private static Counter.Builder counter(Meter meter) {
        return Counter.builder(meter.id()).description(meter.meaning());
    }

    private Counter quarantined(String topic) {
        return counter(Meter.QUARANTINED).tag("topic", topic).register(registry);
    }

    /** Answers to so many examples were recorded that were not there before. */
    public void recorded(int count) {
        examples.increment(count);
    }

    /** A unit that no solver could read, or that the broker gave up. */
    public void deadLetter() {
        deadLetters.increment();
    }

    /** A message of this topic was quarantined that was not before. */
    public void wasQuarantined(String topic) {
        quarantined(topic).increment();
    }
}
