package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.system.DisturbedPlatform.Disturbed;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Three solvers die over one unit: the evaluation fails with the reason, keeps what it has, and a retry finishes it. */
@ExtendWith(DisturbedPlatform.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AUnitThatKillsSolversIsGivenUp {
    @Test
    void and_a_retry_takes_up_the_missing_units_alone(Disturbed disturbed) throws Exception {
        UUID id = Disturbed.idOf(disturbed.started(Load.SLOW_UNITS));
        await("a unit is solved")
                .atMost(Duration.ofSeconds(60))
                .until(() -> disturbed.now(id).path("unitsDone").asInt() > 0);
        Hand first = inHand(disturbed, id, null, Set.of());
        Set<String> killed = new HashSet<>();
        for (Hand hand = first; hand != null; hand = killed.size() < 3 ? inHand(disturbed, id, first, killed) : null) {
            killed.add(hand.delivery());
            disturbed.processes().killAndAwaitRestart(hand.solver());
        }
        await("it is given up")
                .atMost(Duration.ofSeconds(90))
                .until(() -> disturbed.now(id).path("state").asText().equals("failed"));
        await("what there is is scored")
                .atMost(Duration.ofSeconds(30))
                .until(() -> disturbed.now(id).path("partial").asBoolean());
        JsonNode failed = disturbed.now(id);
        assertThat(failed.path("failure").path("kind").asText()).isEqualTo("solver_ended");
        assertThat(failed.path("failure").path("reason").asText())
                .contains("unit " + first.unit() + " ")
                .contains("solver-");
        int kept = failed.path("examplesDone").asInt();
        assertThat(kept).isPositive();
        Arena.Result shown = disturbed.platform().run("show", id.toString());
        assertThat(shown.out()).contains("what to do").contains("not ranked");

        Arena.Result retried = disturbed.platform().run("retry", id.toString(), "--wait", "--json");
        assertThat(retried.exit()).as(retried.err()).isZero();
        assertThat(retried.json().path("state").asText()).isEqualTo("finished");
        assertThat(disturbed.recorded().outcome(id)).isEqualTo(disturbed.undisturbed(Load.SLOW_UNITS));
        JsonNode history = disturbed.client().get("/api/evaluations/" + id + "/history");
        assertThat(history.path("events").findValuesAsText("event"))
                .containsExactly("planned", "failed", "retried", "finished");
        assertThat(history.path("troubles").size()).isGreaterThanOrEqualTo(3);
    }

    /** A unit, the solver that has it, and which of its goes that is. */
    private record Hand(int unit, String delivery, String solver) {}

    /**
     * @param of the unit that is meant; null for any
     * @param killed goes whose solver was killed: they look as if they were going on
     */
    private static Hand inHand(Disturbed disturbed, UUID id, @Nullable Hand of, Set<String> killed) {
        return await("a unit is in a solver's hand" + (of == null ? "" : " again: " + of.unit()))
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> disturbed.recorded().lines("""
                                select d.idx || ' ' || d.id || ' ' || d.solver from delivery d
                                join work_unit u on u.evaluation_id = d.evaluation_id and u.idx = d.idx
                                where d.evaluation_id = ? and d.ended_at is null and u.solved_at is null
                                order by d.started_at desc""", id).stream()
                                .map(line -> line.split(" ", 3))
                                .map(parts -> new Hand(Integer.parseInt(parts[0]), parts[1], parts[2]))
                                .filter(hand -> of == null || hand.unit() == of.unit())
                                .filter(hand -> !killed.contains(hand.delivery()))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }
}
