package dev.trmarena.leaderboard.finish;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.traces.Traces;
import org.jdbi.v3.core.Jdbi;

/** The parts of a process that records and scores, without its threads: a test says when they look. */
public record Finisher(OpenPuzzleSets puzzleSets, FinishDue finishDue) {
    /** As a process that just started: it knows nothing but the database and the store. */
    public static Finisher started(Jdbi jdbi, ArtifactStore store) {
        var puzzleSets = new OpenPuzzleSets(store);
        return new Finisher(puzzleSets, new FinishDue(jdbi, puzzleSets, Traces.unexported()));
    }

    public void look() {
        finishDue.finishAll();
    }
}
