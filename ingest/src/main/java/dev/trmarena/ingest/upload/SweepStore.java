package dev.trmarena.ingest.upload;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.artifacts.store.FreedSpace;
import dev.trmarena.db.plan.ArtifactUses;
import dev.trmarena.db.plan.DatabaseIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/**
 * Removes what killed processes left in the folder of the store: files that were on their way, and artifacts that were moved in
 * before the rows that were to name them. What is in use stays, whoever uses it: the first is locked by its process, the digest of
 * the second is locked in the database until its rows are there.
 */
@ApplicationScoped
class SweepStore {
    private static final Logger LOG = Logger.getLogger(SweepStore.class);

    private final ArtifactStore store;
    private final WorkFolders workFolders;
    private final DiscardArtifacts discard;
    private final Jdbi jdbi;

    SweepStore(ArtifactStore store, WorkFolders workFolders, DiscardArtifacts discard, Jdbi jdbi) {
        this.store = store;
        this.workFolders = workFolders;
        this.discard = discard;
        this.jdbi = jdbi;
    }

    /** Safe at any time, beside requests and beside another sweep. */
    FreedSpace sweep() throws IOException {
        FreedSpace incoming = store.sweepIncoming().plus(workFolders.sweep());
        FreedSpace unnamed = unnamed();
        FreedSpace freed = incoming.plus(unnamed);
        if (freed.files() > 0) {
            LOG.infof(
                    "removed %d artifacts that no row names and %d files that killed processes left: %d bytes",
                    unnamed.files(), incoming.files(), freed.bytes());
        }
        return freed;
    }

    private FreedSpace unnamed() throws IOException {
        Set<String> there = store.digests();
        Set<String> named = jdbi.withHandle(ArtifactUses::all);
        Set<String> unnamed = new HashSet<>(there);
        unnamed.removeAll(named);
        boolean someNamed = unnamed.size() < there.size();
        String database = jdbi.withHandle(DatabaseIdentity::of);
        Optional<String> owner = store.owner();
        if (owner.isEmpty() && (there.isEmpty() || someNamed)) {
            store.claim(database);
        } else if (!owner.equals(Optional.of(database))) {
            // Beside a database that is new, or named by mistake, everything would be unused.
            LOG.warnf(
                    "%d artifacts are named by no row of this database and stay: %s; is it the right database? If so, write"
                            + " '%s' into %s",
                    unnamed.size(),
                    owner.map(other -> "the store belongs to database " + other)
                            .orElse("it names none of those in the store"),
                    database,
                    store.ownerFile());
            return FreedSpace.NOTHING;
        }
        return discard.unused(unnamed);
    }
}
