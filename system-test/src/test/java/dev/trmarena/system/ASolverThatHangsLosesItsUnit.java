package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.system.DisturbedPlatform.Disturbed;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A solver that neither works nor dies: another one takes its unit, and what it says when it wakes up changes nothing. */
@DisturbsSolvers
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ASolverThatHangsLosesItsUnit {
    private static final Load LOAD = Load.MANY_UNITS;

    @Test
    void and_its_late_answer_changes_nothing(Disturbed disturbed) throws Exception {
        List<String> expected = disturbed.undisturbed(LOAD);
        // The launcher would end one of its own before it wakes up.
        try (Guest sleeper = Guest.joins(disturbed.platform(), "sleeper").awaitAlive()) {
            JsonNode evaluation = disturbed.started(LOAD);
            UUID id = Disturbed.idOf(evaluation);
            awaitAUnitInHandOf("sleeper", disturbed);
            JsonNode finished;
            try (var frozen = Processes.freeze(List.of(sleeper.solver()))) {
                finished = disturbed.finished(evaluation);
                assertThat(frozen.ended()).as("it only sleeps").isFalse();
            }
            List<String> once = disturbed.recorded().outcome(id);
            assertThat(disturbed.recorded().predictions(id))
                    .isEqualTo(finished.path("exampleCount").asInt());
            assertThat(once).isEqualTo(expected);
            // The sleeper answers late, or finds that it lost its unit; whichever, it works again afterwards.
            JsonNode next = disturbed.started(LOAD);
            awaitAUnitInHandOf("sleeper", disturbed);
            disturbed.finished(next);
            assertThat(disturbed.recorded().outcome(id))
                    .as("after the late answer")
                    .isEqualTo(once);
            assertThat(disturbed.now(id)).isEqualTo(finished);
        }
    }

    private static void awaitAUnitInHandOf(String solver, Disturbed disturbed) {
        await(solver + " has a unit in hand")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !disturbed.recorded().inHandOf(solver).isEmpty());
    }
}
