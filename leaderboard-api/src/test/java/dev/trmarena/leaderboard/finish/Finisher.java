package dev.trmarena.leaderboard.finish;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.http.set.OpenPuzzleSets;
import dev.trmarena.loops.Loops;
import dev.trmarena.traces.Traces;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;

/** The parts of a process that records and scores, without its threads: a test says when they look. */
public record Finisher(OpenPuzzleSets puzzleSets, ScoringJob scoringJob) {
    /** As a process that just started: it knows nothing but the database and the store. */
    public static Finisher started(Jdbi jdbi, ArtifactStore store) {
        return started(jdbi, store, Duration.ofMinutes(15));
    }

    /** @param patience with trouble that may pass */
    public static Finisher started(Jdbi jdbi, ArtifactStore store, Duration patience) {
        var puzzleSets = new OpenPuzzleSets(store, 96 << 20);
        var judgeCanary = new JudgeCanary(puzzleSets, store);
        return new Finisher(
                puzzleSets, new ScoringJob(jdbi, puzzleSets, judgeCanary, Traces.unexported(), new Loops(), patience));
    }

    public void look() {
        scoringJob.finishAll();
    }
}
