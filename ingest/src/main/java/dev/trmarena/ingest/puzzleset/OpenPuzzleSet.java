package dev.trmarena.ingest.puzzleset;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetManifest;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** Opens a puzzle set from the store; a full ARC set takes seconds. */
@ApplicationScoped
public class OpenPuzzleSet {
    private final ArtifactStore store;

    OpenPuzzleSet(ArtifactStore store) {
        this.store = store;
    }

    /**
     * @param name for people
     * @param manifestDigest SHA-256 of the set's manifest artifact
     */
    public PuzzleSet of(String name, String manifestDigest) {
        try {
            return PuzzleSet.open(
                    PuzzleSetManifest.fromJson(Files.readAllBytes(store.verified(manifestDigest))), store::verified);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the manifest of " + name, e);
        }
    }
}
