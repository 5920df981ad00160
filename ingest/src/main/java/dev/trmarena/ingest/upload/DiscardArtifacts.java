package dev.trmarena.ingest.upload;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.artifacts.store.FreedSpace;
import dev.trmarena.db.plan.ArtifactUses;
import dev.trmarena.db.plan.IncomingUpload;
import dev.trmarena.db.plan.Upload;
import dev.trmarena.db.plan.Uploads;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/** Removes uploads that are used up or given up, and artifacts that nobody needs any more. */
@ApplicationScoped
public class DiscardArtifacts {
    private static final Logger LOG = Logger.getLogger(DiscardArtifacts.class);

    private final ArtifactStore store;
    private final Jdbi jdbi;

    DiscardArtifacts(ArtifactStore store, Jdbi jdbi) {
        this.store = store;
        this.jdbi = jdbi;
    }

    /** The uploads' rows and, unless someone else needs it, their content. Never throws: the request's answer stands. */
    void uploads(Collection<Upload> uploads) {
        try {
            jdbi.useTransaction(handle -> uploads.forEach(upload -> Uploads.delete(handle, upload.id())));
        } catch (RuntimeException e) {
            LOG.warnf(
                    "cannot remove %d uploads, they are removed when they are old: %s", uploads.size(), e.getMessage());
            return;
        }
        Set<String> digests = new LinkedHashSet<>();
        uploads.forEach(upload -> digests.add(upload.digest()));
        unused(digests);
    }

    /** An upload, as much of it as has come: the row, the partial file and, unless someone else needs it, the content. */
    void incoming(IncomingUpload upload, PartialFiles.HeldFile file) throws IOException {
        jdbi.useTransaction(handle -> Uploads.delete(handle, upload.id()));
        file.delete();
        upload.whole().ifPresent(whole -> unused(List.of(whole.digest())));
    }

    /** Those of the artifacts that no row names, whoever is about to write one included. Never throws. */
    public FreedSpace unused(Collection<String> digests) {
        FreedSpace freed = FreedSpace.NOTHING;
        for (String digest : digests) {
            try {
                freed = freed.plus(jdbi.inTransaction(handle -> {
                    ArtifactUses.lock(handle, List.of(digest));
                    return ArtifactUses.isUsed(handle, digest) ? FreedSpace.NOTHING : store.delete(digest);
                }));
            } catch (IOException | RuntimeException e) {
                LOG.warnf("artifact %s stays in the store although nothing may need it: %s", digest, e.getMessage());
            }
        }
        return freed;
    }
}
