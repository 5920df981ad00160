package dev.trmarena.ingest.upload;

import dev.trmarena.db.plan.Upload;
import dev.trmarena.db.plan.Uploads;
import dev.trmarena.http.refuse.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;

/**
 * Makes something of uploads. They are gone afterwards, whether something was made of them or they were refused; only when
 * the server itself failed do they stay, so that the request can be repeated.
 */
@ApplicationScoped
public class UseUploads {
    private final Jdbi jdbi;
    private final DiscardArtifacts discard;

    UseUploads(Jdbi jdbi, DiscardArtifacts discard) {
        this.jdbi = jdbi;
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

    /** @throws Refused 404 naming the first upload that is unknown, or whatever the work throws */
    public <T> T use(Collection<UUID> ids, Function<Found, T> work) {
        Map<UUID, Upload> found = new LinkedHashMap<>();
        try {
            for (UUID id : ids) {
                Optional<Upload> upload = jdbi.withHandle(handle -> Uploads.find(handle, id));
                upload.ifPresent(known -> found.put(id, known));
            }
            for (UUID id : ids) {
                if (!found.containsKey(id)) {
                    throw new Refused(
                            404,
                            "there is no upload " + id,
                            "upload the file again with POST /api/uploads: an upload is used once");
                }
            }
            T made = work.apply(new Found(found));
            discard.uploads(found.values());
            return made;
        } catch (Refused refused) {
            discard.uploads(found.values());
            throw refused;
        }
    }
}
