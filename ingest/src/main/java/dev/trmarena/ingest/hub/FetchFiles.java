package dev.trmarena.ingest.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.db.plan.Fetch;
import dev.trmarena.db.plan.Fetches;
import dev.trmarena.db.plan.Uploads;
import dev.trmarena.http.refuse.Problem;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.ingest.upload.ReceiveUpload;
import dev.trmarena.ingest.upload.UploadStatus;
import dev.trmarena.loops.Loops;
import dev.trmarena.loops.PeriodicJob;
import dev.trmarena.messages.Kept;
import dev.trmarena.messages.Retention;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/**
 * Fetches files from a hub, as many at a time as may be, half of them one sender's. What is to be fetched stands in the database alone: after a
 * restart, and whatever became of whoever fetched it before, it is taken up by the look that is made every few seconds.
 */
@ApplicationScoped
@Startup
class FetchFiles {
    private static final Logger LOG = Logger.getLogger(FetchFiles.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EVERY = "PT5S";
    /** A trainer writes it beside its checkpoints. */
    private static final String CONFIG = "all_config.yaml";

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final AskHub hub;
    private final HubConfig config;
    private final ReceiveUpload receive;
    private final Jdbi jdbi;
    private final Retention retention;
    private final Clock clock;
    private final PeriodicJob job;
    private final Map<UUID, FetchFile> atWork = new HashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        var thread = new Thread(work, "fetch a file");
        thread.setDaemon(true);
        return thread;
    });

    FetchFiles(
            AskHub hub,
            HubConfig config,
            ReceiveUpload receive,
            Jdbi jdbi,
            Retention retention,
            Clock clock,
            Loops loops) {
        this.hub = hub;
        this.config = config;
        this.receive = receive;
        this.jdbi = jdbi;
        this.retention = retention;
        this.clock = clock;
        this.job = loops.job("fetch-files", "look for files to fetch", Duration.parse(EVERY), LONGEST);
    }

    @Scheduled(identity = "fetch-files", every = EVERY, concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        job.run(this::begin);
    }

    /** An orderly end is nobody's fault: what goes on is let go, and counts as no death. */
    void stop(@Observes ShutdownEvent event) {
        threads.shutdown();
        synchronized (atWork) {
            atWork.values().forEach(FetchFile::cancel);
        }
    }

    /** Finds the file, and what lies beside it, and has them fetched unless that is only to be told. */
    Fetched fetch(FetchRequest request, String sender) {
        boolean dryRun = Boolean.TRUE.equals(request.dryRun());
        HubName name = HubName.parse(request.from());
        HubName named = request.config() == null ? null : HubName.parse(request.config());
        HubFile file = asked(() -> HubFile.find(hub, name));
        Optional<HubFile> beside = asked(() -> {
            if (named != null) {
                return Optional.of(HubFile.find(hub, named));
            }
            return name.isDataset() ? Optional.<HubFile>empty() : HubFile.findIfThere(hub, name.beside(CONFIG));
        });
        if (dryRun) {
            return new Fetched(
                    FetchView.found(file), beside.map(FetchView::found).orElse(null));
        }
        FetchView first = begin(file, sender);
        try {
            FetchView second = beside.map(found -> begin(found, sender)).orElse(null);
            begin();
            return new Fetched(first, second);
        } catch (RuntimeException e) {
            cancel(Objects.requireNonNull(first.upload(), "upload"));
            throw e;
        }
    }

    /** What there is to choose from. */
    HubFolder list(String folder) {
        HubName name = HubName.parse(folder);
        return asked(() -> HubFolder.list(hub, name));
    }

    private interface Question<T> {
        T ask() throws IOException;
    }

    private static <T> T asked(Question<T> question) {
        try {
            return question.ask();
        } catch (Passing e) {
            Duration wait = e.asked();
            throw new Refusal(
                    AskHub.UNAVAILABLE,
                    String.valueOf(e.getMessage()),
                    wait == null ? "try again in a moment" : "try again in " + wait.toSeconds() + " seconds");
        } catch (IOException e) {
            throw new Refusal(AskHub.UNAVAILABLE, "the hub cannot be understood just now", "try again in a moment");
        }
    }

    private FetchView begin(HubFile file, String sender) {
        UploadStatus status = receive.begin(
                file.fileName(),
                file.bytes(),
                sender,
                (handle, upload) -> Fetches.begin(handle, row(file, upload, sender)));
        return FetchView.of(row(file, status.upload(), sender), status, false);
    }

    private static Fetch row(HubFile file, UUID upload, String sender) {
        return new Fetch(upload, file.fileName(), file.bytes(), file.digest(), file.origin(), sender, null);
    }

    /** Takes up what may be taken up now. */
    private void begin() {
        Instant now = clock.instant();
        Duration patience = retention.time(Kept.UNFINISHED);
        synchronized (atWork) {
            // Those that wait for their turn are nobody's neglect.
            List<Fetch> open = jdbi.inTransaction(handle -> {
                Fetches.keepUntil(handle, now, now.plus(patience.dividedBy(2)), now.plus(patience));
                return Fetches.open(handle);
            });
            for (Fetch fetch : open) {
                if (atWork.size() >= config.atOnce() || threads.isShutdown()) {
                    return;
                }
                long own = atWork.values().stream()
                        .filter(file -> file.sender().equals(fetch.sender()))
                        .count();
                if (!atWork.containsKey(fetch.upload()) && own < Math.max(1, config.atOnce() / 2)) {
                    var file = new FetchFile(fetch, hub, config, receive, jdbi);
                    atWork.put(fetch.upload(), file);
                    threads.execute(() -> work(file));
                }
            }
        }
    }

    private void work(FetchFile file) {
        try {
            file.run();
        } catch (RuntimeException e) {
            // The database is away, for one: the next look takes it up again.
            LOG.warnf("a fetch breaks off for now: %s", e.getMessage());
        } finally {
            synchronized (atWork) {
                atWork.remove(file.upload());
            }
        }
        try {
            begin();
        } catch (RuntimeException e) {
            LOG.warnf("what waits to be fetched waits for the next look: %s", e.getMessage());
        }
    }

    FetchView look(UUID upload) {
        Fetch fetch = find(upload);
        if (fetch.problem() != null) {
            return FetchView.failed(fetch, problem(fetch.problem()));
        }
        FetchFile file;
        synchronized (atWork) {
            file = atWork.get(upload);
        }
        return FetchView.of(fetch, receive.look(upload), file != null && file.comes());
    }

    /** Nothing of it comes any more, and nothing stays; whoever is at it notices with the next byte, and puts it down. */
    void cancel(UUID upload) {
        find(upload);
        FetchFile file;
        synchronized (atWork) {
            file = atWork.get(upload);
        }
        if (file == null) {
            removeUpload(upload);
        } else {
            file.cancel();
        }
        jdbi.useTransaction(handle -> {
            Uploads.delete(handle, upload);
            Fetches.delete(handle, upload);
        });
    }

    private void removeUpload(UUID upload) {
        try {
            receive.remove(upload);
        } catch (Refusal e) {
            // It was used up, or given up, or is being taken up at this moment by somebody who will find it gone.
            LOG.debugf("upload %s was not removed: %s", upload, e.getMessage());
        }
    }

    private Fetch find(UUID upload) {
        return jdbi.withHandle(handle -> Fetches.find(handle, upload))
                .orElseThrow(
                        () -> new Refusal(
                                AskHub.NOT_FOUND,
                                "nothing is fetched as " + upload,
                                "fetch the file again with POST /api/fetches: what was fetched is used once, and removed when it is old"));
    }

    private static Problem problem(String json) {
        try {
            JsonNode read = JSON.readTree(json);
            return Problem.of(
                    read.path("status").asInt(),
                    read.path("file").textValue(),
                    read.path("place").textValue(),
                    read.path("problem").asText(),
                    read.path("remedy").asText());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem that was written here cannot be read", e);
        }
    }
}
