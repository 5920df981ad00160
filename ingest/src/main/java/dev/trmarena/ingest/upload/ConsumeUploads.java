package dev.trmarena.ingest.upload;

import dev.trmarena.db.plan.Upload;
import dev.trmarena.db.plan.Uploads;
import dev.trmarena.http.refuse.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;

/**
 * Makes something of uploads. They are gone afterwards; when they are refused they stay until they expire, so that a setting
 * can be corrected without sending gigabytes again.
 */
@ApplicationScoped
public class ConsumeUploads {
    private final CompleteUpload settle;
    private final DiscardArtifacts discard;
    private final Jdbi jdbi;
    private final UploadConfig config;
    private final Clock clock;

    ConsumeUploads(CompleteUpload settle, DiscardArtifacts discard, Jdbi jdbi, UploadConfig config, Clock clock) {
        this.settle = settle;
        this.discard = discard;
        this.jdbi = jdbi;
        this.config = config;
        this.clock = clock;
    }

    /** The uploads of a request, each that it names. */
    public static final class Found {
        private final Map<UUID, Upload> byId;

        private Found(Map<UUID, Upload> byId) {
            this.byId = byId;
        }

        public Upload get(UUID id) {
            return Objects.requireNonNull(byId.get(id), () -> "the request does not name upload " + id);
        }
    }

    /** @throws Refusal 404 naming the first upload that is unknown, 409 one that is unfinished, or whatever the work throws */
    public <T> T use(Collection<UUID> ids, Function<Found, T> work) {
        Found found = find(ids);
        T made = work.apply(found);
        discard.uploads(found.byId.values());
        return made;
    }

    /** The uploads, to be looked at only. Refuses as {@link #use} does. */
    public Found find(Collection<UUID> ids) {
        Map<UUID, Upload> found = new LinkedHashMap<>();
        for (UUID id : ids) {
            found.put(id, settle.whole(id));
        }
        // Someone is at work with them: they do not expire under the hands of a long inspection or import.
        Instant until = clock.instant().plus(config.keep());
        jdbi.useTransaction(handle -> found.keySet().forEach(id -> Uploads.keepUntil(handle, id, until)));
        return new Found(found);
    }
}
