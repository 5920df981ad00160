package dev.trmarena.solver.work;

import dev.trmarena.messages.Heartbeat;
import dev.trmarena.messages.Json;
import dev.trmarena.messages.Topics;
import dev.trmarena.messages.WorkUnit;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says every two seconds that this solver lives and what it does. One that is not heard costs nothing: the next one follows. */
final class Pulse implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final Identity solver;
    private final Producer<String, byte[]> producer;
    private final long startedAt = System.currentTimeMillis();
    private final AtomicInteger steps = new AtomicInteger();
    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "pulse");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable WorkUnit unit;
    private @Nullable UUID delivery;
    private long unitsSolved;
    private long examplesSolved;

    Pulse(Identity solver, Producer<String, byte[]> producer) {
        this.solver = solver;
        this.producer = producer;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // beat() catches what it can meet
    void start() {
        beats.scheduleAtFixedRate(() -> beat(false), 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    synchronized void works(WorkUnit taken, UUID itsDelivery) {
        unit = taken;
        delivery = itsDelivery;
        steps.set(0);
    }

    void stepped() {
        steps.incrementAndGet();
    }

    synchronized void solved(WorkUnit done) {
        unitsSolved++;
        examplesSolved += done.exampleCount();
    }

    synchronized void waits() {
        unit = null;
        delivery = null;
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
        WorkUnit current = unit;
        UUID itsDelivery = delivery;
        Heartbeat.Work work = current == null || itsDelivery == null
                ? null
                : new Heartbeat.Work(current.evaluation(), current.index(), itsDelivery, steps.get());
        return new Heartbeat(
                solver.name(),
                solver.instance(),
                solver.device(),
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
        waits();
        Future<?> last = beats.submit(() -> beat(true));
        try {
            last.get(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("the last heartbeat is not sent", e);
        }
        beats.shutdownNow();
    }
}
