package dev.trmarena.ingest.upload;

import dev.trmarena.db.plan.Fetches;
import dev.trmarena.db.plan.IncomingUpload;
import dev.trmarena.db.plan.Uploads;
import dev.trmarena.ingest.upload.PartialFiles.HeldFile;
import dev.trmarena.loops.Loops;
import dev.trmarena.loops.PeriodicJob;
import dev.trmarena.messages.Kept;
import dev.trmarena.messages.Meter;
import dev.trmarena.messages.Retention;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/**
 * Removes uploads whose sender went away before making anything of them, and completes those that a killed process left a
 * moment before; then what killed processes left in the store ({@link SweepStore}); at start and every hour.
 */
@ApplicationScoped
@Startup
public class SweepUploads {
    private static final Logger LOG = Logger.getLogger(SweepUploads.class);
    private static final String EVERY = "PT1H";

    /** Of one upload: what arrived whole is read once more. */
    private static final Duration LONGEST = Duration.ofHours(1);

    /** That failed, and are remembered for those who ask why. */
    private static final int MOST_FETCHES = 1000;

    private final PartialFiles files;
    private final CompleteUpload settle;
    private final DiscardArtifacts discard;
    private final SweepStore sweepStore;
    private final Jdbi jdbi;
    private final Retention retention;
    private final Clock clock;
    private final Counter swept;
    private final PeriodicJob job;

    SweepUploads(
            PartialFiles files,
            CompleteUpload settle,
            DiscardArtifacts discard,
            SweepStore sweepStore,
            Jdbi jdbi,
            Retention retention,
            Clock clock,
            MeterRegistry registry,
            Loops loops) {
        this.files = files;
        this.settle = settle;
        this.discard = discard;
        this.sweepStore = sweepStore;
        this.jdbi = jdbi;
        this.retention = retention;
        this.clock = clock;
        this.swept = Counter.builder(Meter.SWEPT.id())
                .description(Meter.SWEPT.meaning())
                .register(registry);
        this.job = loops.job("sweep-uploads", "look for forgotten uploads", Duration.parse(EVERY), LONGEST);
    }

    @Scheduled(identity = "sweep-uploads", every = EVERY, concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        job.run(this::sweep);
    }

    /**
     * Safe at any time, beside requests and beside another sweep.
     *
     * @throws UncheckedIOException when files cannot be looked at
     */
    public void sweep() {
        try {
            List<IncomingUpload> uploads = jdbi.withHandle(Uploads::all);
            for (IncomingUpload upload : uploads) {
                job.getsOn();
                sweep(upload);
            }
            removeNameless();
            jdbi.useTransaction(handle ->
                    Fetches.forget(handle, clock.instant().minus(retention.time(Kept.UPLOADS)), MOST_FETCHES));
            job.getsOn();
            swept.increment(sweepStore.sweep().bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void sweep(IncomingUpload upload) throws IOException {
        if (!upload.expiresAt().isAfter(clock.instant())) {
            giveUp(upload.id());
        } else if (files.offset(upload.id()) == upload.bytes()) {
            settle.settle(upload.id());
        }
    }

    private void giveUp(UUID id) throws IOException {
        try (HeldFile file = files.hold(id)) {
            // Held by someone else: bytes are coming, so it is not forgotten.
            if (file == null) {
                return;
            }
            Optional<IncomingUpload> upload = jdbi.withHandle(handle -> Uploads.find(handle, id));
            if (upload.isPresent() && !upload.get().expiresAt().isAfter(clock.instant())) {
                discard.incoming(upload.get(), file);
                LOG.infof(
                        "removed %s (%d of %d bytes): nothing happened to it until %s",
                        id, file.offset(), upload.get().bytes(), upload.get().expiresAt());
            }
        }
    }

    /** Files whose row is gone: someone was killed between removing the one and the other. */
    private void removeNameless() throws IOException {
        for (UUID id : files.all()) {
            try (HeldFile file = files.hold(id)) {
                if (file != null
                        && jdbi.withHandle(handle -> Uploads.find(handle, id)).isEmpty()) {
                    file.delete();
                }
            }
        }
    }
}
