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

/** Pause, resume, cancel, retry and again, from the command line to the solvers and back to the numbers. */
@DisturbsSolvers
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AnEvaluationIsTakenBackAndGoneOnWith {
    /** 126 examples. */
    private static final Load FEW_UNITS = Load.arc(1);

    /** Lasts while somebody cancels, retries and pauses it: solvers take several units at once. */
    private static final Load LASTING = Load.sudoku(Load.SLOW_UNITS.steps(), Load.ALL);

    /** Still runs when a small one has its turns. */
    private static final Load LARGE = Load.sudoku(2 * Load.SLOW_UNITS.steps(), Load.ALL);

    private static final String RETURNED =
            "select coalesce(reason, '') from delivery where evaluation_id = ? and ending = 'returned'";

    @Test
    void a_cancelled_one_leaves_the_solvers_within_a_step_and_a_retry_runs_only_what_is_missing(Disturbed disturbed)
            throws Exception {
        UUID id = Disturbed.idOf(disturbed.started(LASTING));
        awaitUnits(disturbed, id, 2);
        JsonNode cancelled = command(disturbed, "cancel", id);
        assertThat(cancelled.path("state").asText()).isEqualTo("cancelled");
        await("no solver has a unit of it")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> !workedOn(disturbed, id));
        assertThat(disturbed.recorded().lines(RETURNED, id))
                .as(
                        "why solvers let go of units; a machine with too much to do may be late for one, or lose a lock, before")
                .contains("it was withdrawn")
                .allMatch(reason -> reason.contains("withdrawn")
                        || reason.equals("the broker gave it away")
                        || reason.equals("the solver did not come to it in time"));
        await("what there is is scored")
                .atMost(Duration.ofSeconds(30))
                .until(() -> disturbed.now(id).path("partial").asBoolean());
        JsonNode partly = disturbed.now(id);
        int kept = partly.path("examplesDone").asInt();
        assertThat(kept).isPositive().isLessThan(partly.path("exampleCount").asInt());
        assertThat(partly.path("scores").has("exact_accuracy")).isTrue();
        String set = partly.path("puzzleSet").asText();
        assertThat(disturbed.platform().run("leaderboard", set, "--json").json().path("entries"))
                .as("never ranked")
                .isEmpty();

        assertThat(command(disturbed, "retry", id).path("examplesDone").asInt())
                .as("what is solved stays")
                .isEqualTo(kept);
        awaitUnits(disturbed, id, partly.path("unitsDone").asInt() + 1);
        assertThat(command(disturbed, "pause", id).path("state").asText()).isEqualTo("paused");
        await("a paused one stands still").atMost(Duration.ofSeconds(20)).until(() -> !workedOn(disturbed, id));
        Arena.Result refused = disturbed.platform().run("retry", id.toString());
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("paused").contains("failed or cancelled");

        JsonNode finished = finished(disturbed, "resume", id.toString());
        assertThat(disturbed.recorded().predictions(id))
                .isEqualTo(finished.path("exampleCount").asInt());
        assertThat(disturbed.recorded().outcome(id)).isEqualTo(disturbed.undisturbed(LASTING));
        JsonNode events = disturbed.partOf(id, "history").path("events");
        assertThat(events.findValuesAsText("event"))
                .containsExactly("planned", "cancelled", "retried", "paused", "resumed", "finished");

        JsonNode again =
                finished(disturbed, "rerun", id.toString(), "--again", "--steps", String.valueOf(LASTING.steps()));
        assertThat(again.path("id").asText()).isNotEqualTo(id.toString());
        assertThat(again.path("repeat").asInt()).isEqualTo(2);
        assertThat(again.path("verification").asText()).isEqualTo("reproduced");
        assertThat(disturbed.now(id).path("verification").asText()).isEqualTo("reproduced");
        JsonNode agreement = disturbed.partOf(id, "repeats").path("agreements").path(0);
        assertThat(agreement.path("differing").asInt()).isZero();
        assertThat(agreement.path("examples")).isEqualTo(finished.path("exampleCount"));
        assertThat(agreement.path("devices").path(0).asText()).startsWith("CPU");
        assertThat(agreement.path("kernels").path(0).asText()).isNotEmpty();
        JsonNode entries =
                disturbed.platform().run("leaderboard", set, "--json").json().path("entries");
        assertThat(entries.findValuesAsText("evaluation"))
                .as("the first of equals")
                .containsExactly(id.toString());
    }

    @Test
    void a_small_one_does_not_wait_for_the_large_one_before_it(Disturbed disturbed) throws Exception {
        UUID large = Disturbed.idOf(disturbed.started(LARGE));
        awaitUnits(disturbed, large, 1);
        JsonNode small = disturbed.finished(disturbed.started(FEW_UNITS));
        JsonNode meanwhile = disturbed.now(large);
        assertThat(small.path("state").asText()).isEqualTo("finished");
        assertThat(meanwhile.path("state").asText()).isEqualTo("running");
        assertThat(meanwhile.path("unitsDone").asInt())
                .as("of 63 units, against 16 of the small one: they took turns")
                .isLessThan(meanwhile.path("unitCount").asInt());
        assertThat(meanwhile.path("progress").path("unitsInFlight").asInt())
                .as(
                        "the rest waits in the database: four units for each of two solvers, or what they answered in three seconds")
                .isLessThanOrEqualTo(Math.max(8, mostAnsweredInFourSeconds(disturbed)));
        // Nobody waits for the rest of it, which may be over by now.
        disturbed.platform().run("cancel", large.toString());
    }

    /** One second more than {@code arena.dispatch.ahead}: it is looked at twice a second at least, and now and then later. */
    private static int mostAnsweredInFourSeconds(Disturbed disturbed) throws Exception {
        return Integer.parseInt(disturbed.recorded().lines("""
                        select max(answered)::text from (
                          select count(*) over (order by ended_at range between interval '4 seconds' preceding and current row) as answered
                          from delivery where ending = 'solved') lately""").get(0));
    }

    private static void awaitUnits(Disturbed disturbed, UUID id, int units) {
        await(units + " units are solved")
                .atMost(Duration.ofSeconds(90))
                .until(() -> disturbed.now(id).path("unitsDone").asInt() >= units);
    }

    private static boolean workedOn(Disturbed disturbed, UUID id) throws Exception {
        return disturbed.client().api().listSolvers().value().stream()
                .anyMatch(solver -> id.toString().equals(solver.evaluation()));
    }

    private static JsonNode command(Disturbed disturbed, String command, UUID id) throws Exception {
        Arena.Result result = disturbed.platform().run(command, id.toString(), "--json");
        assertThat(result.exit()).as(result.err()).isZero();
        return result.json();
    }

    private static JsonNode finished(Disturbed disturbed, String... command) throws Exception {
        List<String> all = new java.util.ArrayList<>(List.of(command));
        all.addAll(List.of("--wait", "--json"));
        Arena.Result result = disturbed.platform().run(all.toArray(String[]::new));
        assertThat(result.exit()).as(result.err()).isZero();
        return result.json();
    }
}
