package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.system.DisturbedPlatform.Disturbed;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Solvers that die in the middle of units, again and again, cost time and nothing else. */
@DisturbsSolvers
@ExtendWith(SeededRandom.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AnEvaluationSurvivesKilledSolvers {
    private static final Load LOAD = Load.sudoku(Load.SLOW_UNITS.steps(), 40);
    private static final int KILLS = 5;

    @Test
    void and_comes_to_what_it_would_have_come_to(Disturbed disturbed, Random random) throws Exception {
        List<String> expected = disturbed.undisturbed(LOAD);
        JsonNode evaluation = disturbed.started(LOAD);
        UUID id = Disturbed.idOf(evaluation);
        var spare = new SpareKilledUnits(disturbed.recorded());
        int inTheMiddle = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            String victim = "solver-" + (1 + random.nextInt(2));
            spare.awaitThoseOfBefore();
            await(victim + " has a unit in hand")
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(10 + random.nextInt(200)))
                    .until(() -> isOver(disturbed, id)
                            || !disturbed.recorded().inHandOf(victim).isEmpty());
            if (isOver(disturbed, id)) {
                break;
            }
            disturbed.processes().kill(victim);
            spare.remember();
            inTheMiddle++;
            disturbed.processes().awaitRestart(victim);
        }
        JsonNode finished = disturbed.finished(evaluation);
        assertThat(inTheMiddle).as("kills while the evaluation ran").isGreaterThanOrEqualTo(3);
        assertThat(finished.path("exampleCount").asInt())
                .isEqualTo(disturbed.recorded().predictions(id));
        assertThat(disturbed.recorded().outcome(id)).isEqualTo(expected);
    }

    private static boolean isOver(Disturbed disturbed, UUID id) throws Exception {
        return !disturbed.now(id).path("state").asText().matches("queued|running");
    }
}
