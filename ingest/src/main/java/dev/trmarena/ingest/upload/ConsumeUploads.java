package dev.trmarena.ingest.upload;

import dev.trmarena.db.RiskyWork;
import dev.trmarena.db.RiskyWork.Kind;
import dev.trmarena.db.plan.Upload;
import dev.trmarena.db.plan.Uploads;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.ingest.memory.WorkMemory;
import dev.trmarena.messages.Kept;
import dev.trmarena.messages.Retention;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Makes something of uploads. They are gone afterwards; when they are refused they stay until they expire, so that a setting
 * can be corrected without sending gigabytes again.
 */
@ApplicationScoped
public class ConsumeUploads {
    private static final Logger LOG = Logger.getLogger(ConsumeUploads.class);

    private final CompleteUpload settle;
    private final DiscardArtifacts discard;
    private final WorkMemory memory;
    private final Jdbi jdbi;
    private final Retention retention;
    private final Clock clock;

    ConsumeUploads(
            CompleteUpload settle,
            DiscardArtifacts discard,
            WorkMemory memory,
            Jdbi jdbi,
            Retention retention,
            Clock clock) {
        this.settle = settle;
        this.discard = discard;
        this.memory = memory;
        this.jdbi = jdbi;
        this.retention = retention;
        this.clock = clock;
    }

    /** The uploads of a request, each that it names. */
    public static final class Found {
        private final Map<UUID, Upload> byId;

        private Found(Map<UUID, Upload> byId) {
            this.byId = byId;
        }

        /** Of all of them, in whatever order. */
        private String digest() {
            return DigestUtils.sha256Hex(
                    byId.values().stream().map(Upload::digest).sorted().collect(Collectors.joining()));
        }

        /** Of the first that the request names, which is what it is about. */
        private String fileName() {
            return byId.values().iterator().next().fileName();
        }

        private long bytes() {
            return byId.values().stream().mapToLong(Upload::bytes).sum();
        }

        public Upload get(UUID id) {
            return Objects.requireNonNull(byId.get(id), () -> "the request does not name upload " + id);
        }
    }

    /**
     * @param kind what is done with them
     * @throws Refusal 404 naming the first upload that is unknown, 409 one that is unfinished, 422 when this service ended at
     *     them too often, 503 when there is no memory to read them, or whatever the work throws
     */
    public <T> T use(Kind kind, Collection<UUID> ids, Function<Found, T> work) {
        Found found = find(ids);
        T made = read(kind, found, work);
        discard.uploads(found.byId.values());
        return made;
    }

    /** The uploads are looked at only, and stay. Refuses as {@link #use} does. */
    public <T> T look(Kind kind, Collection<UUID> ids, Function<Found, T> work) {
        return read(kind, find(ids), work);
    }

    /** Whoever waits for memory has not begun. */
    private <T> T read(Kind kind, Found found, Function<Found, T> work) {
        return memory.with(WorkMemory.of(kind, found.bytes()), () -> counted(kind, found, work));
    }

    /** Whoever sends a file that ends this service may do so twice. */
    private <T> T counted(Kind kind, Found found, Function<Found, T> work) {
        String subject = found.digest();
        if (jdbi.withHandle(handle -> RiskyWork.deaths(handle, kind, subject)) >= RiskyWork.MOST_DEATHS) {
            throw Refusal.file(
                    422,
                    found.fileName(),
                    null,
                    "this service ended " + RiskyWork.MOST_DEATHS
                            + " times while it read this, and does not read it again",
                    "send less in one file, or save it anew: its size may not be what it seems;"
                            + " whoever runs the platform finds the reason in the log of ingest, and restarts ingest to have it"
                            + " tried again");
        }
        try (var counted = RiskyWork.begin(jdbi, kind, subject)) {
            return ReadUpload.guarded(found.fileName(), () -> work.apply(found));
        }
    }

    /** Whoever stops the service in an orderly way, and not an input, ends what it was doing. */
    public void stop(@Observes ShutdownEvent event) {
        try {
            jdbi.useTransaction(handle -> RiskyWork.forgetUploadsBefore(handle, clock.instant()));
        } catch (JdbiException e) {
            LOG.warnf("What was being read counts as a death: the database does not answer while this service stops");
        }
    }

    private Found find(Collection<UUID> ids) {
        Map<UUID, Upload> found = new LinkedHashMap<>();
        for (UUID id : ids) {
            found.put(id, settle.whole(id));
        }
        // Someone is at work with them: they do not expire under the hands of a long inspection or import.
        Instant until = clock.instant().plus(retention.time(Kept.UPLOADS));
        jdbi.useTransaction(handle -> found.keySet().forEach(id -> Uploads.keepUntil(handle, id, until)));
        return new Found(found);
    }
}
