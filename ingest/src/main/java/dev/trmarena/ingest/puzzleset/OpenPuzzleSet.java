package dev.trmarena.ingest.puzzleset;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.http.set.OpenPuzzleSets;
import dev.trmarena.ingest.memory.WorkMemory;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetManifest;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** Opens a puzzle set from the store, unless it is open; a full ARC set takes seconds, and its memory. */
@ApplicationScoped
public class OpenPuzzleSet {
    private final ArtifactStore store;
    private final OpenPuzzleSets sets;
    private final WorkMemory memory;

    OpenPuzzleSet(ArtifactStore store, OpenPuzzleSets sets, WorkMemory memory) {
        this.store = store;
        this.sets = sets;
        this.memory = memory;
    }

    /**
     * @param name for people
     * @param manifestDigest SHA-256 of the set's manifest artifact
     * @throws dev.trmarena.http.refuse.Refusal 503 when there is no memory for another one
     */
    public PuzzleSet of(String name, String manifestDigest) {
        PuzzleSet open = sets.openNow(manifestDigest);
        if (open != null) {
            return open;
        }
        long bytes = WorkMemory.ofOpening(sets.manifest(manifestDigest), tasksBytes(name, manifestDigest));
        return memory.with(bytes, () -> sets.byManifest(manifestDigest));
    }

    /** Of the file whose grids stay in memory; 0 where the kind of set has none. */
    private long tasksBytes(String name, String manifestDigest) {
        String digest = sets.manifest(manifestDigest).artifacts().get(PuzzleSetManifest.TEST_PUZZLES);
        try {
            return digest == null ? 0 : Files.size(store.path(digest));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open puzzle set " + name, e);
        }
    }
}
