package dev.trmarena.leaderboard.live;

import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.ReadEvaluations;
import dev.trmarena.leaderboard.connect.Recording;
import dev.trmarena.loops.Loops;
import dev.trmarena.loops.PollingLoop;
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
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/**
 * Tells listeners which evaluations changed. It looks into the database, because any recorder of any process may have written
 * there; one look serves all listeners, and without listeners there is none.
 */
@ApplicationScoped
class EvaluationChanges {
    private static final Logger LOG = Logger.getLogger(EvaluationChanges.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(400);
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);

    /** Called by one thread. */
    interface Listener {
        void changed(EvaluationView evaluation);

        /** Nothing happened for a while; whoever is gone shows now. */
        void stillHere();
    }

    private final Jdbi jdbi;
    private final Set<Listener> listeners = new CopyOnWriteArraySet<>();
    private final PollingLoop loop;
    private Map<UUID, EvaluationView> known = new HashMap<>();
    private long lastSign = System.nanoTime();

    EvaluationChanges(@Recording Jdbi jdbi, Loops loops) {
        this.jdbi = jdbi;
        this.loop = loops.loop("changes", "tell what changes", LONGEST, this::look);
    }

    void add(Listener listener) {
        listeners.add(listener);
    }

    void remove(Listener listener) {
        listeners.remove(listener);
    }

    void start(@Observes StartupEvent started) {
        loop.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        loop.stop();
    }

    private Duration look() {
        if (!listeners.isEmpty()) {
            try {
                tellWhatChanged();
            } finally {
                // The database may be away; whoever listens shows that it is there all the same.
                if (System.nanoTime() - lastSign > SIGN_OF_LIFE.toNanos()) {
                    lastSign = System.nanoTime();
                    tell(Listener::stillHere);
                }
            }
        }
        return LOOK_EVERY;
    }

    /** What a look that failed missed, the next one tells. */
    private void tellWhatChanged() {
        List<EvaluationView> recent = jdbi.withHandle(ReadEvaluations::openOrJustOver);
        Map<UUID, EvaluationView> now = new HashMap<>();
        for (EvaluationView evaluation : recent) {
            now.put(evaluation.id(), evaluation);
            if (!evaluation.equals(known.get(evaluation.id()))) {
                tell(evaluation);
            }
        }
        known = now;
    }

    void tell(EvaluationView evaluation) {
        tell(listener -> listener.changed(evaluation));
    }

    /** One listener that cannot be told keeps nothing from the others. */
    private void tell(Consumer<Listener> what) {
        for (Listener listener : listeners) {
            try {
                what.accept(listener);
            } catch (RuntimeException e) {
                LOG.debug("a listener cannot be told", e);
                remove(listener);
            }
        }
    }
}
