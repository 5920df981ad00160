package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trmarena.arena.client.ArenaClient;
import dev.trmarena.arena.client.WatchEvaluation;
import dev.trmarena.messages.EvaluationState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A solver that is asked to stop hands its unit back in good order: that is never counted against the unit. */
@OnAPlatformOfItsOwn
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ASolverMayBeRestartedAnyNumberOfTimes {
    private static final int RESTARTS = 12;
    private static final String SOLVER = "guest";

    /** So long that a solver that has just taken one is in the middle of it, and one at a time: it is always the same. */
    private static final Map<String, String> LONG_UNITS = Map.of(
            "ARENA_PLAN_UNIT_EXAMPLES",
            "128",
            "ARENA_DISPATCH_LEAST_UNITS",
            "1",
            "ARENA_DISPATCH_UNITS_PER_SOLVER",
            "1");

    private static final Load LOAD = Load.sudoku(40, Load.ALL);

    @TempDir
    Path folder;

    @Test
    @Timeout(900)
    void in_the_middle_of_a_unit_and_the_evaluation_finishes() throws Exception {
        try (var platform = Platform.up(folder.resolve("data"), LONG_UNITS, "--no-demo", "--solvers", "0")) {
            var client = new ArenaClient(platform.url(), null);
            var recorded = new Recorded(platform);
            LOAD.imported(client, "restarted");
            String id = LOAD.submitted(client, "restarted").path("id").asText();
            UUID evaluation = UUID.fromString(id);
            for (int restart = 1; restart <= RESTARTS; restart++) {
                // By hand: a launcher would pause longer before each restart.
                try (Guest guest = Guest.joins(platform, SOLVER)) {
                    int delivery = restart;
                    await("unit 0 is delivered for time " + delivery)
                            .atMost(Duration.ofSeconds(90))
                            .pollInterval(Duration.ofMillis(100))
                            .until(() -> recorded.endings(evaluation, 0).size() == delivery);
                    guest.command().destroy();
                    assertThat(guest.command().waitFor(30, TimeUnit.SECONDS)).isTrue();
                }
            }
            EvaluationState last;
            try (Guest patient = Guest.joins(platform, SOLVER)) {
                last = new WatchEvaluation(client)
                        .until(id, state -> {})
                        .value()
                        .state();
                assertThat(patient.command().isAlive()).isTrue();
            }
            assertThat(last).isEqualTo(EvaluationState.FINISHED);
            assertThat(Asked.at(platform.url(), "/api/evaluations/" + id + "/history")
                            .path("troubles"))
                    .as("nothing was wrong")
                    .isEmpty();
            List<String> endings = recorded.endings(evaluation, 0);
            assertThat(endings).hasSize(RESTARTS + 1).endsWith("solved");
            assertThat(Collections.frequency(endings, "returned")).isEqualTo(RESTARTS);
        }
    }
}
