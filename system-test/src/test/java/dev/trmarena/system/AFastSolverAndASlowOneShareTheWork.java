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

/**
 * A mixed fleet. The slow solver is one that a test holds inside an improvement step, for as long as it likes; the fast one takes as many units at
 * a time as it does in two seconds.
 */
@DisturbsSolvers
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AFastSolverAndASlowOneShareTheWork {
    private static final String FAST = "solver-1";
    private static final String SLOW = "solver-2";
    private static final Load LOAD = Load.MANY_UNITS;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @Test
    void and_no_unit_waits_for_the_slow_one(Disturbed disturbed) throws Exception {
        List<String> expected = disturbed.undisturbed(LOAD);
        UUID id;
        try (var boundary =
                disturbed.boundary(SLOW, Place.entering("dev.trmarena.solver.work.PredictBatch", "follow"))) {
            id = Disturbed.idOf(disturbed.started(LOAD));
            boundary.awaitReached(PATIENCE);
            await("all is solved but the one unit that the slow solver is in")
                    .atMost(PATIENCE)
                    .until(() -> disturbed
                            .recorded()
                            .lines(
                                    "select coalesce(solver, 'nobody') from evaluation e, generate_series(0, e.unit_count - 1) as unit"
                                            + " left join work_unit u on u.idx = unit and u.evaluation_id = ?"
                                            + " where e.id = ? and u.solved_at is null",
                                    id,
                                    id)
                            .equals(List.of(SLOW)));
            boundary.goOn();
        }
        JsonNode finished = disturbed.finishedWithin(PATIENCE, id);
        assertThat(unitsOf(disturbed, id, SLOW)).isPositive();
        assertThat(unitsOf(disturbed, id, FAST)).isGreaterThan(unitsOf(disturbed, id, SLOW));
        assertThat(finished.path("state").asText()).isEqualTo("finished");
        assertThat(disturbed
                        .recorded()
                        .lines("select reason from delivery where evaluation_id = ? and came_to_nothing", id))
                .as("nothing was wrong with any unit")
                .isEmpty();
        assertThat(disturbed.recorded().outcome(id)).isEqualTo(expected);
    }

    @Test
    void and_the_fast_one_loses_what_it_had_not_answered_when_it_is_killed(Disturbed disturbed) throws Exception {
        List<String> expected = disturbed.undisturbed(LOAD);
        var once = new CountedOnce(disturbed);
        JsonNode evaluation = disturbed.started(LOAD);
        UUID id = Disturbed.idOf(evaluation);
        await("the fast solver has several units at a time")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> inHand(disturbed, id) > 1);
        disturbed.processes().kill(FAST);
        List<String> answered = answered(disturbed, id);
        JsonNode finished = disturbed.finishedWithin(PATIENCE, id);
        new WorkTopic(disturbed.processes().kafka()).awaitAllAccepted(PATIENCE);
        assertThat(disturbed
                        .recorded()
                        .lines(
                                "select 'lost' from delivery where evaluation_id = ? and ending = 'lost' and solver = ?",
                                id,
                                FAST))
                .as("units that it had")
                .isNotEmpty();
        assertThat(answered(disturbed, id))
                .as("what was answered is not begun again")
                .containsAll(answered);
        once.rowsAndMeters(List.of(finished));
        assertThat(disturbed.recorded().outcome(id)).isEqualTo(expected);
    }

    /** The units that are solved, each with all its deliveries. */
    private static List<String> answered(Disturbed disturbed, UUID id) throws Exception {
        return disturbed
                .recorded()
                .lines(
                        "select u.idx || ' ' || u.solver || ': ' || string_agg(d.solver || ' ' || d.ending, ', ' order by d.number)"
                                + " from work_unit u join delivery d on d.evaluation_id = u.evaluation_id and d.idx = u.idx"
                                + " where u.evaluation_id = ? and u.solved_at is not null group by u.idx, u.solver order by u.idx",
                        id);
    }

    private static int inHand(Disturbed disturbed, UUID id) throws Exception {
        return disturbed
                .recorded()
                .lines(
                        "select 'open' from delivery where evaluation_id = ? and solver = ? and ended_at is null",
                        id,
                        FAST)
                .size();
    }

    private static int unitsOf(Disturbed disturbed, UUID id, String solver) throws Exception {
        return disturbed
                .recorded()
                .lines(
                        "select 'unit' from work_unit where evaluation_id = ? and solver = ? and solved_at is not null",
                        id,
                        solver)
                .size();
    }
}
