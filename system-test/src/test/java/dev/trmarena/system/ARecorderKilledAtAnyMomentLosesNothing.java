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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * leaderboard-api dies with answers that it has read and not recorded, with answers recorded whose offsets are not committed, and
 * when nothing is left to do but the score: whoever is started in its place goes on there and counts nothing twice.
 */
@DisturbsServices
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ARecorderKilledAtAnyMomentLosesNothing {
    private static final Load LOAD = Load.MANY_UNITS;
    private static final String VICTIM = "leaderboard-api";
    private static final Place ANSWERS_ARE_READ = Place.entering("dev.trmarena.db.record.WorkUnits", "solved");

    /** As long as a busy machine may need; what came only because the reaper looked has a history that says so. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final Place OFFSETS_ARE_COMMITTED = Place.entering(
                    "org.apache.kafka.clients.consumer.KafkaConsumer", "commitSync")
            .within("dev.trmarena.leaderboard.record.Recorder");

    enum Moment {
        BEFORE_THE_ANSWERS_ARE_RECORDED,
        BEFORE_THE_OFFSETS_ARE_COMMITTED
    }

    @ParameterizedTest
    @EnumSource
    void and_counts_no_answer_twice(Moment moment, Disturbed disturbed) throws Exception {
        List<String> expected = disturbed.undisturbed(LOAD);
        var once = new CountedOnce(disturbed);
        JsonNode evaluation;
        UUID id;
        List<String> before;
        try (var boundary = disturbed.boundary(VICTIM, ANSWERS_ARE_READ)) {
            evaluation = disturbed.started(LOAD);
            id = Disturbed.idOf(evaluation);
            boundary.awaitReached(PATIENCE);
            if (moment == Moment.BEFORE_THE_OFFSETS_ARE_COMMITTED) {
                boundary.goOnTo(OFFSETS_ARE_COMMITTED);
                boundary.awaitReached(PATIENCE);
            }
            before = disturbed.recorded().counted(id);
            disturbed.processes().kill(VICTIM);
        }
        if (moment == Moment.BEFORE_THE_OFFSETS_ARE_COMMITTED) {
            assertThat(before).as("what was recorded").isNotEmpty();
        }
        await("all units are recorded")
                .atMost(PATIENCE)
                .until(() -> disturbed.recorded().counted(id).size()
                        == evaluation.path("unitCount").asInt());
        JsonNode finished = disturbed.finishedWithin(PATIENCE, id);
        assertThat(disturbed.recorded().counted(id)).containsAll(before);
        once.rows(finished);
        assertThat(disturbed.recorded().outcome(id)).isEqualTo(expected);
    }

    /**
     * No solver says anything meanwhile, and the launcher, which ends solvers that hang and tells of it, hangs itself: nothing
     * but its own look can tell the new process that there is something to score.
     */
    @Test
    void and_what_waits_for_its_score_alone_is_scored(Disturbed disturbed) throws Exception {
        List<String> expected = disturbed.undisturbed(LOAD);
        JsonNode finished;
        UUID id;
        var once = new CountedOnce(disturbed);
        try (var boundary =
                disturbed.boundary(VICTIM, Place.entering("dev.trmarena.leaderboard.finish.ScoringJob", "finish"))) {
            id = Disturbed.idOf(disturbed.started(LOAD));
            boundary.awaitReached(PATIENCE);
            try (var one = disturbed.processes().freeze("solver-1");
                    var other = disturbed.processes().freeze("solver-2")) {
                assertThat(one.processes()).doesNotContainAnyElementsOf(other.processes());
                List<ProcessHandle> launcher = List.of(disturbed.platform().launcher());
                try (var hanging = Processes.freeze(launcher)) {
                    assertThat(hanging.ended()).isFalse();
                    once.awaitNothingToRecord();
                }
                disturbed.processes().killAndAwaitRestart(VICTIM);
                try (var hanging = Processes.freeze(launcher)) {
                    finished = disturbed.finishedWithin(PATIENCE, id);
                    assertThat(hanging.ended()).isFalse();
                }
            }
        }
        once.rows(finished);
        assertThat(disturbed.recorded().outcome(id)).isEqualTo(expected);
    }
}
