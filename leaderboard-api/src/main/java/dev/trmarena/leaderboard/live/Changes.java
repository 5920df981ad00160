package dev.trmarena.leaderboard.live;

import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.ReadEvaluations;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/**
 * Tells listeners which evaluations changed. It looks into the database, because any recorder of any process may have written
 * there; one look serves all listeners, and without listeners there is none.
 */
@ApplicationScoped
class Changes {
    private static final Logger LOG = Logger.getLogger(Changes.class);
    private static final long LOOK_EVERY_MILLIS = 400;
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);

    /** Called by one thread. */
    interface Listener {
        void changed(EvaluationView evaluation);

        /** Nothing happened for a while; whoever is gone shows now. */
        void stillHere();
    }

    private final Jdbi jdbi;
    private final Set<Listener> listeners = new CopyOnWriteArraySet<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private Map<UUID, EvaluationView> known = new HashMap<>();
    private long lastSign = System.nanoTime();

    Changes(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    void add(Listener listener) {
        listeners.add(listener);
    }

    void remove(Listener listener) {
        listeners.remove(listener);
    }

    void start(@Observes StartupEvent started) {
        Thread thread = new Thread(this::run, "changes");
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) {
        stopping.countDown();
    }

    private void run() {
        try {
            while (!stopping.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                if (!listeners.isEmpty()) {
                    look();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("interrupted, ending", e);
        }
    }

    private void look() {
        try {
            List<EvaluationView> recent = jdbi.withHandle(ReadEvaluations::openOrJustOver);
            Map<UUID, EvaluationView> now = new HashMap<>();
            for (EvaluationView evaluation : recent) {
                now.put(evaluation.id(), evaluation);
                if (!evaluation.equals(known.get(evaluation.id()))) {
                    listeners.forEach(listener -> listener.changed(evaluation));
                }
            }
            known = now;
        } catch (RuntimeException e) {
            // The database is away; the next look tells what was missed.
            LOG.debug("cannot look for changes", e);
        }
        if (System.nanoTime() - lastSign > SIGN_OF_LIFE.toNanos()) {
            lastSign = System.nanoTime();
            listeners.forEach(Listener::stillHere);
        }
    }
}
