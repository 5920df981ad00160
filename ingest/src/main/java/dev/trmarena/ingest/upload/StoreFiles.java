package dev.trmarena.ingest.upload;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.artifacts.store.IncomingArtifacts;
import dev.trmarena.db.plan.ArtifactUses;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Puts files into the store together with the rows that name them: what no row names in the end is removed again. */
@ApplicationScoped
public class StoreFiles {
    private static final Logger LOG = Logger.getLogger(StoreFiles.class);

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
        try {
            return new Batch(store.begin());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot store files", e);
        }
    }

    /** The artifacts of one request. They are in the store from the transaction on that names them. */
    public final class Batch implements AutoCloseable {
        private final IncomingArtifacts incoming;
        private boolean taken;

        private Batch(IncomingArtifacts incoming) {
            this.incoming = incoming;
        }

        /** @return its SHA-256 */
        public String put(Path file) {
            try {
                return incoming.put(file).digest();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot store " + file.getFileName(), e);
            }
        }

        /** @return its SHA-256 */
        public String put(IncomingArtifacts.Content content) throws IOException {
            return incoming.put(content).digest();
        }

        /** @return its SHA-256 */
        public String put(byte[] content) {
            try {
                return incoming.put(new ByteArrayInputStream(content)).digest();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot store " + content.length + " bytes", e);
            }
        }

        /** All that was put so far. */
        public Set<String> digests() {
            return incoming.digests();
        }

        /**
         * Moves the files into the store and writes the rows that name them, in one transaction that holds their digests: from
         * before they are there until after they are named, nobody can take one of them for unused.
         */
        public <T> T commit(Function<Handle, T> rows) {
            return jdbi.inTransaction(handle -> {
                ArtifactUses.lock(handle, digests());
                taken = true;
                try {
                    incoming.take();
                } catch (IOException e) {
                    throw new UncheckedIOException("cannot move files into the store", e);
                }
                return rows.apply(handle);
            });
        }

        @Override
        public void close() {
            try {
                incoming.close();
            } catch (IOException e) {
                LOG.warnf("cannot remove files on their way into the store, a sweep will: %s", e.getMessage());
            }
            if (taken) {
                discard.unused(digests());
            }
        }
    }
}
