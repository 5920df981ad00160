package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The solver dies inside a step of a demonstration, and between the answer to some and the acceptance of their unit: each is
 * counted once, the verdict is the same, and so is every answer and score of the evaluation behind it.
 */
@OnAPlatformOfItsOwn
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
// Three evaluations, and a solver that starts anew twice.
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class ASolverKilledInsideACanaryLosesNothing {
    private static final Path DEMO = Platform.project().resolve("demo/arc-style");
    private static final String VICTIM = "solver-1";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Each task of the demo as it is and in one augmentation: as many examples as demonstrations, and some more. */
    private static final int PUZZLES = 2;

    /** Three units. */
    private static final int DEMONSTRATIONS = 24;

    private static final int UNIT = 8;

    @TempDir
    Path folder;

    @TempDir
    Path dataset;

    enum Moment {
        INSIDE_A_STEP(
                Place.entering("dev.trmarena.solver.solve.SolveBatch", "solve")
                        .within("dev.trmarena.solver.work.PredictCanary#predict"),
                "unit"),
        BEFORE_THE_UNIT_IS_ACCEPTED(
                Place.entering("dev.trmarena.solver.work.AcquiredRecord", "accept")
                        .within("dev.trmarena.solver.work.TellOutcome#done"),
                "delivery",
                "unit");

        private final Place place;
        private final String variable;
        private final String[] fields;

        /** @param variable at that place, by whose fields one comes to the unit */
        Moment(Place place, String variable, String... fields) {
            this.place = place;
            this.variable = variable;
            this.fields = fields;
        }

        private String[] and(String field) {
            return Stream.concat(Stream.of(fields), Stream.of(field)).toArray(String[]::new);
        }

        int unit(Boundary boundary) {
            return Integer.parseInt(boundary.seen(variable, and("index")));
        }

        UUID evaluation(Boundary boundary) {
            return boundary.seenUuid(variable, and("evaluation"));
        }
    }

    @Test
    void and_every_demonstration_and_example_is_counted_once() throws Exception {
        new PartOfDataset(Load.ALL, PUZZLES).copy(DEMO.resolve("dataset"), dataset);
        var environment = new HashMap<>(Boundary.WATCHED);
        environment.put("ARENA_PLAN_CANARY_EXAMPLES", String.valueOf(DEMONSTRATIONS));
        environment.put("ARENA_PLAN_UNIT_EXAMPLES", String.valueOf(UNIT));
        // The only solver gets the first unit, which is one of the canary.
        try (var platform = Platform.up(folder.resolve("arena"), environment, "--no-demo", "--solvers", "1")) {
            assertThat(platform.run("puzzles", "import", "arc", dataset.toString())
                            .exit())
                    .isZero();
            UUID undisturbed = started(platform);
            JsonNode canary = finished(platform, undisturbed).path("canary");
            List<String> expected = new Recorded(platform).outcome(undisturbed);
            assertThat(canary.path("exact").asInt())
                    .as("some are right and some are not: %s", canary)
                    .isBetween(1, DEMONSTRATIONS - 1);
            for (Moment moment : Moment.values()) {
                UUID disturbed = killed(platform, moment);
                JsonNode finished = finished(platform, disturbed);
                // What to do about it names the evaluation.
                assertThat(withoutRemedy(finished.path("canary")))
                        .as("%s", moment)
                        .isEqualTo(withoutRemedy(canary));
                assertThat(new Recorded(platform).outcome(disturbed))
                        .as("%s", moment)
                        .isEqualTo(expected);
                assertThat(finished.path("examplesDone")).isEqualTo(finished.path("exampleCount"));
                assertThat(new Recorded(platform).predictions(disturbed))
                        .isEqualTo(finished.path("exampleCount").asInt());
                assertThat(Asked.at(platform.url(), "/api/evaluations/" + disturbed + "/history")
                                .path("events")
                                .findValuesAsText("event"))
                        .containsExactly("planned", "finished");
            }
        }
    }

    /** @return an evaluation whose first unit's solver was killed at that moment */
    private static UUID killed(Platform platform, Moment moment) throws Exception {
        var recorded = new Recorded(platform);
        var processes = new Processes(platform);
        UUID id;
        int unit;
        try (var boundary = Boundary.in(platform, VICTIM, moment.place)) {
            id = started(platform);
            boundary.awaitReached(PATIENCE);
            unit = moment.unit(boundary);
            assertThat(moment.evaluation(boundary)).isEqualTo(id);
            if (moment == Moment.BEFORE_THE_UNIT_IS_ACCEPTED) {
                await("its answer is recorded")
                        .atMost(PATIENCE)
                        .until(() -> handouts(recorded, id, unit, "exact is not null"), List.of("1")::equals);
            }
            processes.kill(VICTIM);
        }
        await("it is answered").atMost(PATIENCE).until(() -> !handouts(recorded, id, unit, "exact is not null")
                .isEmpty());
        assertThat(handouts(recorded, id, unit, "true"))
                .as("%s: what is answered is not given out again", moment)
                .containsExactly(moment == Moment.INSIDE_A_STEP ? "2" : "1");
        return id;
    }

    private static List<String> handouts(Recorded recorded, UUID id, int unit, String which) throws Exception {
        return recorded.lines(
                "select handouts::text from canary_unit where evaluation_id = ? and idx = ? and " + which, id, unit);
    }

    private static UUID started(Platform platform) throws Exception {
        Arena.Result result =
                platform.run("submit", DEMO.resolve("step_17153").toString(), "--puzzles", "arc", "--again", "--json");
        assertThat(result.exit()).as(result.err()).isZero();
        return UUID.fromString(result.json().path("id").asText());
    }

    private static JsonNode finished(Platform platform, UUID id) throws Exception {
        var recorded = new Recorded(platform);
        await("evaluation " + id + " is finished")
                .atMost(PATIENCE)
                .until(
                        () -> recorded.lines("select state from evaluation where id = ?", id),
                        List.of("finished")::equals);
        return Asked.at(platform.url(), "/api/evaluations/" + id);
    }

    private static Map<String, JsonNode> withoutRemedy(JsonNode canary) {
        var fields = new HashMap<String, JsonNode>();
        canary.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        fields.remove("remedy");
        return fields;
    }
}
