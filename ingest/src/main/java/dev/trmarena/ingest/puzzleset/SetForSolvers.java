package dev.trmarena.ingest.puzzleset;

import dev.trmarena.db.plan.PuzzleSetRow;
import dev.trmarena.db.plan.PuzzleSets;
import dev.trmarena.http.refuse.UnknownPuzzleSet;
import dev.trmarena.ingest.upload.StoreFiles;
import dev.trmarena.puzzles.build.WriteWithoutSolutions;
import dev.trmarena.puzzles.set.ArcSet;
import dev.trmarena.puzzles.set.PuzzleSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.Set;

/**
 * Whoever trains is given a copy of the puzzle set that has no solutions in it: what solvers do not have cannot leak into what they train.
 * The copy follows from the set, so it is the same artifact each time; it goes when the set goes.
 */
@ApplicationScoped
public class SetForSolvers {
    private final OpenPuzzleSet openPuzzleSet;
    private final StoreFiles storeFiles;

    SetForSolvers(OpenPuzzleSet openPuzzleSet, StoreFiles storeFiles) {
        this.openPuzzleSet = openPuzzleSet;
        this.storeFiles = storeFiles;
    }

    /**
     * @return SHA-256 of the manifest of the copy
     * @throws dev.trmarena.http.refuse.Refusal 404 when the set is gone meanwhile
     */
    public String of(PuzzleSetRow row) {
        PuzzleSet set = openPuzzleSet.of(row.name(), row.manifestDigest());
        ArcSet arc = set.match(found -> found, labelled -> {
            throw new IllegalArgumentException("nothing trains on a " + row.kind() + " set");
        });
        try (var batch = storeFiles.begin()) {
            String tasks = batch.put(out -> WriteWithoutSolutions.tasks(arc, Channels.newOutputStream(out)));
            String manifest = batch.put(
                    WriteWithoutSolutions.manifest(set.manifest(), tasks).toJson());
            batch.commit(handle -> {
                if (!PuzzleSets.needs(handle, row.id(), Set.of(tasks, manifest))) {
                    throw UnknownPuzzleSet.named(handle, row.name());
                }
                return manifest;
            });
            return manifest;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot store " + row.name() + " without its solutions", e);
        }
    }
}
