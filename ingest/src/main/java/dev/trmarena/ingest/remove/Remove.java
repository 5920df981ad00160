package dev.trmarena.ingest.remove;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.artifacts.store.FreedSpace;
import dev.trmarena.db.remove.Removable;
import dev.trmarena.db.remove.Removal;
import dev.trmarena.db.remove.RemoveEvaluations;
import dev.trmarena.http.refuse.NoSuchEvaluation;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.http.refuse.UnknownPuzzleSet;
import dev.trmarena.ingest.relay.OutboxRelay;
import dev.trmarena.ingest.upload.DiscardArtifacts;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/**
 * Removes what people name: one evaluation after the other, each in a transaction of its own, then the files that nobody needs any
 * more. Killed in between, the rest is still there, and the same request goes on with it; a sweep takes files that were left.
 */
@ApplicationScoped
class Remove {
    private static final Logger LOG = Logger.getLogger(Remove.class);
    private static final int NOT_FOUND = 404;

    private final Jdbi jdbi;
    private final ArtifactStore store;
    private final DiscardArtifacts discard;
    private final OutboxRelay relay;

    Remove(Jdbi jdbi, ArtifactStore store, DiscardArtifacts discard, OutboxRelay relay) {
        this.jdbi = jdbi;
        this.store = store;
        this.discard = discard;
        this.relay = relay;
    }

    /**
     * @param dryRun true: only tells what would go
     * @throws Refusal 404 for a name that nothing has
     */
    RemovalView asked(Removable removable, String key, boolean dryRun) {
        return (dryRun ? wouldGo(removable, key) : remove(removable, key)).orElseThrow(() -> unknown(removable, key));
    }

    private Refusal unknown(Removable removable, String key) {
        return switch (removable) {
            case EVALUATION -> NoSuchEvaluation.of(key);
            case MODEL ->
                new Refusal(
                        NOT_FOUND,
                        "nothing was evaluated under the name '" + key + "'",
                        "GET /api/evaluations lists the newest evaluations with the names of their models");
            case CHECKPOINT ->
                new Refusal(
                        NOT_FOUND,
                        "no weights with the tensor digest '" + key + "' were evaluated",
                        "boards and evaluations show the digests of their checkpoints");
            case PUZZLE_SET -> jdbi.withHandle(handle -> UnknownPuzzleSet.named(handle, key));
        };
    }

    private Optional<RemovalView> wouldGo(Removable removable, String key) {
        return jdbi.withHandle(handle -> Removal.of(handle, removable, key))
                .map(removal -> view(removal, false, bytes(removal.artifacts())));
    }

    /** @throws Refusal 409 when somebody began an evaluation on a puzzle set meanwhile */
    private Optional<RemovalView> remove(Removable removable, String key) {
        Optional<Removal> found = jdbi.withHandle(handle -> Removal.of(handle, removable, key));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Removal removal = found.get();
        FreedSpace freed = FreedSpace.NOTHING;
        for (UUID evaluation : removal.evaluations()) {
            Optional<List<String>> artifacts =
                    jdbi.inTransaction(handle -> RemoveEvaluations.remove(handle, evaluation));
            relay.wake();
            freed = freed.plus(discard.unused(artifacts.orElse(List.of())));
        }
        UUID set = removal.puzzleSet();
        if (set != null) {
            List<String> artifacts = jdbi.inTransaction(handle -> RemoveEvaluations.removePuzzleSet(handle, set))
                    .orElseThrow(() -> new Refusal(
                            409,
                            "somebody began an evaluation on '" + key + "' while it was being removed",
                            "its other evaluations are gone; remove it again"));
            freed = freed.plus(discard.unused(artifacts));
        }
        LOG.infof(
                "removed %s: %d evaluations, %d files, %d bytes",
                key, removal.evaluations().size(), freed.files(), freed.bytes());
        return Optional.of(view(removal, true, freed.bytes()));
    }

    private long bytes(List<String> digests) {
        return digests.stream().filter(store::has).mapToLong(this::size).sum();
    }

    private long size(String digest) {
        try {
            return Files.size(store.path(digest));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at artifact " + digest, e);
        }
    }

    private static RemovalView view(Removal removal, boolean done, long bytes) {
        return new RemovalView(
                done,
                removal.evaluations().size(),
                removal.running(),
                removal.models(),
                removal.checkpoints().size(),
                removal.puzzleSet() != null,
                bytes);
    }
}
