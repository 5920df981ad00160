package dev.trmarena.ingest.upload;

import dev.trmarena.db.plan.Upload;
import dev.trmarena.db.plan.Uploads;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/** Removes uploads whose sender went away before making anything of them, at start and every hour. */
@ApplicationScoped
class SweepUploads {
    private static final Logger LOG = Logger.getLogger(SweepUploads.class);

    private final Jdbi jdbi;
    private final DiscardArtifacts discard;
    private final UploadConfig config;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sweep-uploads");
        thread.setDaemon(true);
        return thread;
    });

    SweepUploads(Jdbi jdbi, DiscardArtifacts discard, UploadConfig config) {
        this.jdbi = jdbi;
        this.discard = discard;
        this.config = config;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // sweep() catches what it can meet
    void start(@Observes StartupEvent started) {
        clock.scheduleWithFixedDelay(this::sweep, 1, 3600, TimeUnit.SECONDS);
    }

    void stop(@Observes ShutdownEvent stopping) {
        clock.shutdownNow();
    }

    void sweep() {
        try {
            List<Upload> forgotten = jdbi.withHandle(handle -> Uploads.olderThan(handle, config.keep()));
            if (!forgotten.isEmpty()) {
                discard.uploads(forgotten);
                LOG.infof("removed %d uploads that nothing was made of within %s", forgotten.size(), config.keep());
            }
        } catch (RuntimeException e) {
            LOG.warnf("cannot look for forgotten uploads, trying again in an hour: %s", e.getMessage());
        }
    }
}
