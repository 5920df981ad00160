package dev.trmarena.ingest.plan;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.plan.PuzzleSetRow;
import dev.trmarena.http.refuse.Refused;
import dev.trmarena.puzzles.protocol.Protocol;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetManifest;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.stream.IntStream;

/** Which examples of a set a protocol runs. */
@ApplicationScoped
class SelectExamples {
    private final ArtifactStore store;

    SelectExamples(ArtifactStore store) {
        this.store = store;
    }

    /** @return their indexes, ascending */
    int[] of(PuzzleSetRow set, Protocol protocol) {
        if (protocol.augmentations() == null) {
            return IntStream.range(0, set.exampleCount()).toArray();
        }
        // Only the set knows which example shows which augmentation; opening a full one takes seconds.
        PuzzleSet opened = open(set);
        int[] examples = IntStream.range(0, set.exampleCount())
                .filter(example ->
                        opened.taskOf(example) != null && protocol.votes().votes(opened, example))
                .toArray();
        if (examples.length == 0) {
            throw new Refused(
                    422,
                    "protocol: no example of " + set.name() + " is among its first " + protocol.augmentations()
                            + " augmentations",
                    "leave out augmentations");
        }
        if (examples.length == set.exampleCount()) {
            throw new Refused(
                    422,
                    "protocol: the tasks of " + set.name() + " have no more than " + protocol.augmentations()
                            + " augmentations",
                    "leave out augmentations: all of them vote then, and the score is no preview");
        }
        return examples;
    }

    private PuzzleSet open(PuzzleSetRow set) {
        try {
            return PuzzleSet.open(
                    PuzzleSetManifest.fromJson(Files.readAllBytes(store.verified(set.manifestDigest()))),
                    store::verified);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the manifest of " + set.name(), e);
        }
    }
}
