package dev.trmarena.ingest.relay;

import dev.trmarena.db.Outbox;
import dev.trmarena.ingest.connect.Prompt;
import dev.trmarena.loops.Loops;
import dev.trmarena.loops.PollingLoop;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/**
 * Publishes what transactions left in the outbox: hold some rows, send them, wait for every send, delete them, commit. A relay
 * that dies anywhere in between sends some messages twice and loses none. Any number of relays may run.
 */
@ApplicationScoped
public class OutboxRelay {
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final Jdbi jdbi;
    private final SendToKafka sendToKafka;
    private final RelayConfig config;
    private final PollingLoop loop;

    OutboxRelay(@Prompt Jdbi jdbi, SendToKafka sendToKafka, RelayConfig config, Loops loops) {
        this.jdbi = jdbi;
        this.sendToKafka = sendToKafka;
        this.config = config;
        // Messages are sent, waited for, and given up: twice the time of a send.
        Duration longest = config.sendTimeout().multipliedBy(2).plus(MARGIN);
        this.loop = loops.loop("outbox-relay", "publish the outbox", longest, new Publish());
    }

    /** Something was committed: look now. */
    public void wake() {
        loop.wake();
    }

    /** Whether it looks into the outbox again and again. */
    boolean lives() {
        return loop.steady();
    }

    void start(@Observes StartupEvent started) {
        loop.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        loop.stop();
    }

    private final class Publish implements PollingLoop.Turn {
        @Override
        public Duration turn() throws InterruptedException {
            // As many as there may be: more wait.
            return publishSome() == config.batch() ? Duration.ZERO : config.poll();
        }

        @Override
        public void ended() {
            sendToKafka.close();
        }
    }

    private int publishSome() throws InterruptedException {
        return jdbi.inTransaction(handle -> {
            List<Outbox.WaitingMessage> waiting = Outbox.hold(handle, config.batch());
            if (!waiting.isEmpty()) {
                sendToKafka.send(
                        waiting.stream().map(Outbox.WaitingMessage::message).toList());
                Outbox.delete(handle, waiting);
            }
            return waiting.size();
        });
    }
}
