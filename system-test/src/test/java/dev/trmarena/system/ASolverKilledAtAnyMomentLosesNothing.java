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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A solver dies just before it sends an answer, between the answer and its unit's acceptance, and just after: the unit is
 * given out again by the broker, not lost until the reaper looks, and counted once.
 */
@DisturbsSolvers
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ASolverKilledAtAnyMomentLosesNothing {
    private static final String TELL = "dev.trmarena.solver.work.TellOutcome";
    private static final String VICTIM = "solver-1";

    private static final Load LOAD = Load.SLOW_UNITS;

    /** As long as a busy machine may need; what came only because the reaper looked has a history that says so. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    enum Moment {
        BEFORE_THE_ANSWER_IS_SENT,
        BEFORE_THE_UNIT_IS_ACCEPTED,
        AFTER_THE_UNIT_IS_ACCEPTED;

        private Place place() {
            return switch (this) {
                case BEFORE_THE_ANSWER_IS_SENT -> Place.entering(TELL, "of").within(TELL + "#done");
                case BEFORE_THE_UNIT_IS_ACCEPTED ->
                    Place.entering("dev.trmarena.solver.work.AcquiredRecord", "accept")
                            .within(TELL + "#done");
                case AFTER_THE_UNIT_IS_ACCEPTED -> Place.entering("dev.trmarena.solver.work.HeartbeatSender", "solved");
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void and_its_unit_is_counted_once(Moment moment, Disturbed disturbed) throws Exception {
        List<String> expected = disturbed.undisturbed(LOAD);
        var once = new CountedOnce(disturbed);
        JsonNode evaluation;
        UUID id;
        int unit;
        List<String> first;
        try (var boundary = disturbed.boundary(VICTIM, moment.place())) {
            evaluation = disturbed.started(LOAD);
            id = Disturbed.idOf(evaluation);
            boundary.awaitReached(PATIENCE);
            unit = Integer.parseInt(boundary.seen("delivery", "unit", "index"));
            assertThat(boundary.seenUuid("delivery", "unit", "evaluation")).isEqualTo(id);
            if (moment != Moment.BEFORE_THE_ANSWER_IS_SENT) {
                awaitSolved(disturbed, id, unit);
            }
            first = disturbed.recorded().counted(id);
            disturbed.processes().kill(VICTIM);
        }
        awaitSolved(disturbed, id, unit);
        JsonNode finished = disturbed.finishedWithin(PATIENCE, id);
        new WorkTopic(disturbed.processes().kafka()).awaitAllAccepted(PATIENCE);
        // A solver that has several may hand one back that it did not come to in time.
        assertThat(disturbed.recorded().endings(id, unit))
                .as("who is given a solved unit once more does not solve it")
                .filteredOn(ending -> !ending.equals("returned"))
                .hasSize(moment == Moment.BEFORE_THE_ANSWER_IS_SENT ? 2 : 1);
        assertThat(disturbed.recorded().counted(id)).containsAll(first);
        once.rowsAndMeters(List.of(finished));
        assertThat(disturbed.recorded().outcome(id)).isEqualTo(expected);
    }

    private static void awaitSolved(Disturbed disturbed, UUID id, int unit) {
        await("unit " + unit + " is answered")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> disturbed.recorded().isSolved(id, unit));
    }
}
