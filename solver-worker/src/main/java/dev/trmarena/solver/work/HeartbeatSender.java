package dev.trmarena.solver.work;

import dev.trmarena.loops.Loops;
import dev.trmarena.loops.PollingLoop;
import dev.trmarena.messages.Heartbeat;
import dev.trmarena.messages.Json;
import dev.trmarena.messages.Purpose;
import dev.trmarena.messages.Topics;
import dev.trmarena.messages.WorkUnit;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says every two seconds that this solver lives and what it does. One that is not heard costs nothing: the next one follows. */
final class HeartbeatSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HeartbeatSender.class);
    private static final Duration EVERY = Duration.ofSeconds(2);

    /** The client waits a minute for a broker to send to. */
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private final Identity solver;
    private final Producer<String, byte[]> producer;
    private final Loops loops;
    private final long startedAt = System.currentTimeMillis();
    private final AtomicInteger steps = new AtomicInteger();
    private final PollingLoop beats;
    private volatile boolean silent;

    /** Units at hand, by their deliveries, in the order in which they were begun. */
    private final Map<UUID, WorkUnit> units = new LinkedHashMap<>();

    private long unitsSolved;
    private long examplesSolved;

    HeartbeatSender(Identity solver, Producer<String, byte[]> producer, Loops loops) {
        this.solver = solver;
        this.producer = producer;
        this.loops = loops;
        this.beats = loops.loop("heartbeat", "say that this solver lives", LONGEST, new PollingLoop.Turn() {
            @Override
            public Duration turn() {
                // A thread that sleeps is no sign of life.
                if (!silent && loops.troubles().isEmpty()) {
                    beat(false);
                }
                return EVERY;
            }

            @Override
            public void ended() {
                beat(true);
            }
        });
    }

    void start() {
        beats.start();
    }

    /** Neither at work nor free: it says nothing until it is either again. */
    void silent(boolean forNow) {
        silent = forNow;
    }

    synchronized void works(Delivery begun) {
        units.put(begun.id(), begun.unit());
        steps.set(0);
    }

    void stepped() {
        steps.incrementAndGet();
    }

    synchronized void solved(WorkUnit done) {
        unitsSolved++;
        // Training steps are no examples.
        examplesSolved += done.purpose() == Purpose.ADAPT ? 0 : done.exampleCount();
    }

    synchronized void lets(Delivery ended) {
        units.remove(ended.id());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the next beat follows, whatever becomes of this one
    private void beat(boolean leaving) {
        try {
            producer.send(new ProducerRecord<>(Topics.HEARTBEATS, solver.name(), Json.write(now(leaving))));
        } catch (KafkaException | IllegalStateException e) {
            LOG.debug("a heartbeat is not sent", e);
        }
    }

    private synchronized Heartbeat now(boolean leaving) {
        // Whoever began others and works on one of their evaluation is heard of for all of them.
        Heartbeat.Work work = units.entrySet().stream()
                .findFirst()
                .map(first -> new Heartbeat.Work(
                        first.getValue().evaluation(), first.getValue().index(), first.getKey(), steps.get()))
                .orElse(null);
        return new Heartbeat(
                solver.name(),
                solver.instance(),
                solver.device(),
                solver.memoryBytes(),
                startedAt,
                System.currentTimeMillis(),
                unitsSolved,
                examplesSolved,
                work,
                leaving);
    }

    /** Says the last one, if the broker is there; the producer stays open. */
    @Override
    public void close() {
        synchronized (this) {
            units.clear();
        }
        try {
            beats.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
