package dev.trmarena.ingest.upload;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.artifacts.store.Stored;
import dev.trmarena.db.plan.ArtifactUses;
import dev.trmarena.http.refuse.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Puts files into the store together with the rows that name them: what no row names in the end is removed again. */
@ApplicationScoped
public class StoreFiles {
    private final ArtifactStore store;
    private final Jdbi jdbi;
    private final DiscardArtifacts discard;

    StoreFiles(ArtifactStore store, Jdbi jdbi, DiscardArtifacts discard) {
        this.store = store;
        this.jdbi = jdbi;
        this.discard = discard;
    }

    /** Starts with nothing; close it to remove what no row came to name. */
    public Batch begin() {
        return new Batch();
    }

    /** The artifacts of one request. */
    public final class Batch implements AutoCloseable {
        private final Set<String> digests = new LinkedHashSet<>();

        private Batch() {}

        /** @return its SHA-256 */
        public String put(Path file) {
            try {
                return keep(store.put(file));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot store " + file.getFileName(), e);
            }
        }

        /** @return its SHA-256 */
        public String put(byte[] content) {
            try {
                return keep(store.put(new ByteArrayInputStream(content)));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot store " + content.length + " bytes", e);
            }
        }

        private String keep(Stored stored) {
            digests.add(stored.digest());
            return stored.digest();
        }

        /** All that was put so far. */
        public Set<String> digests() {
            return Set.copyOf(digests);
        }

        /** Writes the rows that name these artifacts, in one transaction in which none of them can be removed. */
        public <T> T commit(Function<Handle, T> rows) {
            return jdbi.inTransaction(handle -> {
                ArtifactUses.lock(handle, digests);
                for (String digest : digests) {
                    if (!store.has(digest)) {
                        throw new Refused(
                                503,
                                "artifact " + digest + " was removed by another request",
                                "send the request again");
                    }
                }
                return rows.apply(handle);
            });
        }

        @Override
        public void close() {
            discard.unused(digests);
        }
    }
}
