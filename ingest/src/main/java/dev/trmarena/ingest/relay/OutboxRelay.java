package dev.trmarena.ingest.relay;

import dev.trmarena.db.plan.Outbox;
import dev.trmarena.http.look.Lookout;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/**
 * Publishes what transactions left in the outbox: hold some rows, send them, wait for every send, delete them, commit. A relay
 * that dies anywhere in between sends some messages twice and loses none. Any number of relays may run.
 */
@ApplicationScoped
public class OutboxRelay {
    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final Jdbi jdbi;
    private final SendToKafka sendToKafka;
    private final RelayConfig config;
    private final Lookout lookout;
    private volatile long lookedAt = System.nanoTime();
    private boolean troubled;

    OutboxRelay(Jdbi jdbi, SendToKafka sendToKafka, RelayConfig config) {
        this.jdbi = jdbi;
        this.sendToKafka = sendToKafka;
        this.config = config;
        this.lookout = new Lookout("outbox-relay", this::look, sendToKafka::close);
    }

    /** Something was committed: look now. */
    public void wake() {
        lookout.wake();
    }

    /** Whether it looks into the outbox again and again; a look may take as long as two sends do when Kafka is away. */
    boolean lives() {
        Duration longest =
                config.sendTimeout().multipliedBy(2).plus(config.poll()).plus(MARGIN);
        return lookout.lives() && System.nanoTime() - lookedAt < longest.toNanos();
    }

    void start(@Observes StartupEvent started) {
        lookout.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        lookout.stop();
    }

    private Duration look() throws InterruptedException {
        boolean more = publishSome();
        lookedAt = System.nanoTime();
        return more ? Duration.ZERO : config.poll();
    }

    /** @return true when there may be more to publish right now */
    private boolean publishSome() throws InterruptedException {
        try {
            int published = jdbi.inTransaction(handle -> {
                List<Outbox.Waiting> waiting = Outbox.hold(handle, config.batch());
                if (!waiting.isEmpty()) {
                    sendToKafka.send(
                            waiting.stream().map(Outbox.Waiting::message).toList());
                    Outbox.delete(handle, waiting);
                }
                return waiting.size();
            });
            if (troubled) {
                LOG.info("the outbox is published again");
                troubled = false;
            }
            return published == config.batch();
        } catch (RuntimeException e) {
            if (lookout.stopping()) {
                return false;
            }
            if (!troubled) {
                LOG.warnf("cannot publish the outbox, trying until it works: %s", e.getMessage());
                troubled = true;
            }
            return false;
        }
    }
}
