package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.system.DisturbedPlatform.Disturbed;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * A service runs out of memory, and ends, each time when it is in the middle of the same work: the second death ends that work with its
 * reason, and nothing else. Decision 105.
 */
@DisturbsServices
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WorkThatEndsAServiceTwiceIsOver {
    private static final Load LOAD = Load.sudoku(2, Load.ALL);
    private static final Load OTHER = Load.arc(1);
    private static final int DEATHS = 2;
    private static final String VICTIM = "leaderboard-api";

    /** As long as a busy machine may need. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final Place READING = Place.entering("dev.trmarena.ingest.puzzleset.ImportPuzzleSet", "read");
    private static final Place PLANNING = Place.entering("dev.trmarena.db.plan.PlanEvaluation", "plan");
    private static final Place SCORING = Place.entering("dev.trmarena.leaderboard.finish.ScoringJob", "scoreWhole");

    /** The next class reads the same files. */
    @AfterEach
    void forget(Disturbed disturbed) {
        disturbed.recorded().forgetDeaths();
    }

    @Test
    void an_import_is_refused(Disturbed disturbed) throws Exception {
        String csv = Platform.project().resolve("demo/sudoku-9x9/test.csv").toString();
        String[] command = {"puzzles", "import", "ends-ingest", csv};
        for (int death = 1; death <= DEATHS; death++) {
            diesAt(disturbed, READING, command);
        }
        assertThat(refused(disturbed, command)).contains("this service ended 2 times while it read this", "test.csv");
        assertThat(disturbed.recorded().lines("select name from puzzle_set where name = 'ends-ingest'"))
                .isEmpty();
        theOthersGoOn(disturbed);
    }

    @Test
    void a_submission_is_refused(Disturbed disturbed) throws Exception {
        String set = "ends-at-planning";
        disturbed.awaitServices(PATIENCE);
        LOAD.imported(disturbed.client(), set);
        String[] command = {"submit", LOAD.checkpoint().toString(), "--puzzles", set, "--steps", "1"};
        for (int death = 1; death <= DEATHS; death++) {
            diesAt(disturbed, PLANNING, command);
        }
        assertThat(refused(disturbed, command)).contains("this service ended 2 times while it read this", "step_484");
        assertThat(disturbed.recorded().evaluationsOn(set)).isEmpty();
        theOthersGoOn(disturbed);
    }

    @Test
    void an_evaluation_fails_until_somebody_wants_it_scored_again(Disturbed disturbed) throws Exception {
        List<String> expected = disturbed.undisturbed(LOAD);
        UUID id;
        try (Boundary boundary = attached(disturbed, VICTIM, SCORING)) {
            id = Disturbed.idOf(disturbed.started(LOAD));
            boundary.awaitReached(PATIENCE);
            disturbed.processes().fillHeap(VICTIM, boundary);
        }
        // It looks for what is due as soon as it is there.
        try (Boundary boundary = attached(disturbed, VICTIM, SCORING)) {
            boundary.awaitReached(PATIENCE);
            disturbed.processes().fillHeap(VICTIM, boundary);
        }
        JsonNode failed = new PatientUser(disturbed.client()).sees(id);
        assertThat(failed.path("state").asText()).isEqualTo("failed");
        assertThat(failed.path("failure").path("kind").asText()).isEqualTo("unscorable");
        assertThat(failed.path("failure").path("reason").asText())
                .contains("ended 2 times while it scored this evaluation");
        theOthersGoOn(disturbed);

        Arena.Result retried = disturbed.platform().run("retry", id.toString());
        assertThat(retried.exit()).as(retried.err()).isZero();
        disturbed.finishedWithin(PATIENCE, id);
        assertThat(disturbed.recorded().outcome(id)).isEqualTo(expected);
    }

    /** Runs a command and ends ingest when it has come to the place. */
    private static void diesAt(Disturbed disturbed, Place place, String... command) throws Exception {
        try (Boundary boundary = attached(disturbed, "ingest", place)) {
            disturbed.awaitServices(PATIENCE);
            var asked = disturbed.running(command);
            boundary.awaitReached(PATIENCE);
            disturbed.processes().fillHeap("ingest", boundary);
            Arena.Result told = asked.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(told.exit()).as(told.out()).isNotZero();
        }
        disturbed.processes().awaitRestart("ingest");
    }

    private static String refused(Disturbed disturbed, String... command) throws Exception {
        disturbed.awaitServices(PATIENCE);
        ProcessHandle ingest = disturbed.processes().of("ingest");
        Arena.Result told = disturbed.platform().run(command);
        assertThat(told.exit()).as(told.out()).isEqualTo(1);
        assertThat(ingest.isAlive()).as("it is not begun once more").isTrue();
        return told.err();
    }

    private static void theOthersGoOn(Disturbed disturbed) throws Exception {
        disturbed.awaitServices(PATIENCE);
        List<String> expected = disturbed.undisturbed(OTHER);
        JsonNode other = disturbed.finished(disturbed.started(OTHER));
        assertThat(disturbed.recorded().outcome(Disturbed.idOf(other))).isEqualTo(expected);
    }

    /** As soon as there is a process, which has not looked for work yet: until then its log tells the port of the one before. */
    private static Boundary attached(Disturbed disturbed, String victim, Place place) {
        return await(victim + " can be stopped")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> disturbed.boundary(victim, place), boundary -> true);
    }
}
