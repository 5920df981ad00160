package dev.trmarena.leaderboard.finish;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.board.ReadPuzzleSets;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetManifest;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Puzzle sets stay open: reading the identifiers of an ARC set takes seconds, its arrays are only mapped. */
@Singleton
public class OpenPuzzleSets {
    private static final int MOST_OPEN = 16;

    /** Of a few hundred bytes each. */
    private static final int MOST_MANIFESTS = 1000;

    private final ArtifactStore store;
    private final Cache<String, PuzzleSet> open =
            Caffeine.newBuilder().executor(Runnable::run).maximumSize(MOST_OPEN).build();
    private final Cache<String, PuzzleSetManifest> manifests = Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(MOST_MANIFESTS)
            .build();

    OpenPuzzleSets(ArtifactStore store) {
        this.store = store;
    }

    /** @param manifestDigest SHA-256 of the set's manifest artifact */
    public PuzzleSet byManifest(String manifestDigest) {
        return open.get(manifestDigest, digest -> PuzzleSet.open(read(digest), store::verified));
    }

    /** The set that an evaluation runs on; there must be such an evaluation. No connection is held while the set is opened. */
    public PuzzleSet of(Jdbi jdbi, UUID evaluation) {
        return byManifest(jdbi.withHandle(handle -> ReadPuzzleSets.manifestOf(handle, evaluation))
                .orElseThrow());
    }

    /** What a set is, without opening it. @param manifestDigest SHA-256 of the set's manifest artifact */
    public PuzzleSetManifest manifest(String manifestDigest) {
        return manifests.get(manifestDigest, this::read);
    }

    private PuzzleSetManifest read(String digest) {
        try {
            return PuzzleSetManifest.fromJson(Files.readAllBytes(store.verified(digest)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the manifest " + digest, e);
        }
    }
}
