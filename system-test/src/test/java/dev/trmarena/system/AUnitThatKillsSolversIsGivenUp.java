package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.system.DisturbedPlatform.Disturbed;
import java.time.Duration;
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
    /** A unit takes seconds: long enough to be seen in a solver's hand. */
    private static final Load SLOW = new Load("sudoku-4x4", 300);

    @Test
    void and_a_retry_takes_up_the_missing_units_alone(Disturbed disturbed) throws Exception {
        UUID id = Disturbed.idOf(disturbed.started(SLOW));
        await("a unit is solved")
                .atMost(Duration.ofSeconds(60))
                .until(() -> disturbed.now(id).path("unitsDone").asInt() > 0);
        String deadly = oneInHand(disturbed, id, null);
        for (int kill = 0; kill < 3; kill++) {
            disturbed.processes().killAndAwaitRestart(solverOf(disturbed, deadly));
            if (kill < 2) {
                oneInHand(disturbed, id, deadly);
            }
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
                .contains("unit " + deadly.substring(deadly.indexOf('/') + 1) + " ")
                .contains("solver-");
        int kept = failed.path("examplesDone").asInt();
        assertThat(kept).isPositive();
        Arena.Result shown = disturbed.platform().run("show", id.toString());
        assertThat(shown.out()).contains("what to do").contains("not ranked");

        Arena.Result retried = disturbed.platform().run("retry", id.toString(), "--wait", "--json");
        assertThat(retried.exit()).as(retried.err()).isZero();
        assertThat(retried.json().path("state").asText()).isEqualTo("finished");
        assertThat(disturbed.recorded().outcome(id)).isEqualTo(disturbed.undisturbed(SLOW));
        JsonNode history = disturbed.client().get("/api/evaluations/" + id + "/history");
        assertThat(history.path("events").findValuesAsText("event"))
                .containsExactly("planned", "failed", "retried", "finished");
        assertThat(history.path("troubles").size()).isGreaterThanOrEqualTo(3);
    }

    /** @param unit which one; null for any of the evaluation. @return {@code evaluation/index} */
    private static String oneInHand(Disturbed disturbed, UUID id, @Nullable String unit) {
        return await("a unit is in a solver's hand" + (unit == null ? "" : " again: " + unit))
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> found(disturbed, id, unit), found -> !found.isEmpty());
    }

    private static String found(Disturbed disturbed, UUID id, @Nullable String unit) throws Exception {
        for (String each : disturbed.recorded().inHand()) {
            boolean wanted = unit == null ? each.startsWith(id.toString()) : each.equals(unit);
            if (wanted && !solverOf(disturbed, each).isEmpty()) {
                return each;
            }
        }
        return "";
    }

    /** The living solver that the unit's last delivery went to; empty when that has died. */
    private static String solverOf(Disturbed disturbed, String unit) throws Exception {
        int slash = unit.indexOf('/');
        var solvers = disturbed
                .recorded()
                .lines("""
                select d.solver from delivery d join solver s on s.name = d.solver and s.instance = d.instance
                where d.evaluation_id = ? and d.idx = ? and d.ended_at is null
                order by d.started_at desc limit 1""", UUID.fromString(unit.substring(0, slash)), Integer.valueOf(unit.substring(slash + 1)));
        return solvers.isEmpty() || !disturbed.processes().runs(solvers.get(0)) ? "" : solvers.get(0);
    }
}
