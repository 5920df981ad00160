package dev.trmarena.leaderboard.finish;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.board.ReadPuzzleSets;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetManifest;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/** Puzzle sets stay open: reading the identifiers of an ARC set takes seconds, its arrays are only mapped. */
@Singleton
public class OpenPuzzleSets {
    private static final int MOST = 16;

    private final ArtifactStore store;
    private final Map<String, PuzzleSet> open = new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PuzzleSet> eldest) {
            return size() > MOST;
        }
    };

    /** A manifest is a few hundred bytes: all of them are kept. */
    private final Map<String, PuzzleSetManifest> manifests = new ConcurrentHashMap<>();

    OpenPuzzleSets(ArtifactStore store) {
        this.store = store;
    }

    /** @param manifestDigest SHA-256 of the set's manifest artifact */
    public synchronized PuzzleSet byManifest(String manifestDigest) {
        return open.computeIfAbsent(manifestDigest, digest -> PuzzleSet.open(read(digest), store::verified));
    }

    /** The set that an evaluation runs on; there must be such an evaluation. */
    public PuzzleSet of(Handle handle, UUID evaluation) {
        return byManifest(ReadPuzzleSets.manifestOf(handle, evaluation).orElseThrow());
    }

    /** What a set is, without opening it. @param manifestDigest SHA-256 of the set's manifest artifact */
    public PuzzleSetManifest manifest(String manifestDigest) {
        return manifests.computeIfAbsent(manifestDigest, this::read);
    }

    private PuzzleSetManifest read(String digest) {
        try {
            return PuzzleSetManifest.fromJson(Files.readAllBytes(store.verified(digest)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the manifest " + digest, e);
        }
    }
}
