package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.system.DisturbedPlatform.Disturbed;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A solver that is asked to stop hands its unit back in good order: that is never counted against the unit. */
@DisturbsSolvers
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ASolverMayBeRestartedAnyNumberOfTimes {
    private static final int RESTARTS = 12;
    private static final String SOLVER = "solver-1";

    @Test
    @Timeout(600)
    void in_the_middle_of_a_unit_and_the_evaluation_is_what_it_is_without(Disturbed disturbed) throws Exception {
        JsonNode evaluation = disturbed.started(Load.SLOW_UNITS);
        UUID id = Disturbed.idOf(evaluation);
        for (int restart = 1; restart <= RESTARTS; restart++) {
            await("it has a unit, before restart " + restart)
                    .atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> disturbed.processes().runs(SOLVER) && inHand(disturbed, id));
            disturbed.processes().stop(SOLVER);
            disturbed.processes().awaitRestart(SOLVER);
        }
        JsonNode finished = disturbed.finished(evaluation);
        assertThat(disturbed.recorded().outcome(id)).isEqualTo(disturbed.undisturbed(Load.SLOW_UNITS));
        assertThat(finished.path("failure").isNull()).isTrue();
        JsonNode history = disturbed.client().get("/api/evaluations/" + id + "/history");
        assertThat(history.path("troubles")).as("nothing was wrong").isEmpty();
    }

    private static boolean inHand(Disturbed disturbed, UUID id) throws Exception {
        return !disturbed
                .recorded()
                .lines(
                        "select id::text from delivery where evaluation_id = ? and ended_at is null and solver = ?",
                        id,
                        SOLVER)
                .isEmpty();
    }
}
