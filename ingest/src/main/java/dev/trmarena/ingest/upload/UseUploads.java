package dev.trmarena.ingest.upload;

import dev.trmarena.db.plan.Upload;
import dev.trmarena.http.refuse.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

/**
 * Makes something of uploads. They are gone afterwards; when they are refused they stay until they expire, so that a setting
 * can be corrected without sending gigabytes again.
 */
@ApplicationScoped
public class UseUploads {
    private final SettleUpload settle;
    private final DiscardArtifacts discard;

    UseUploads(SettleUpload settle, DiscardArtifacts discard) {
        this.settle = settle;
        this.discard = discard;
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

    /** @throws Refused 404 naming the first upload that is unknown, 409 one that is unfinished, or whatever the work throws */
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
        return new Found(found);
    }
}
