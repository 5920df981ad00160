package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.system.DisturbedPlatform.Disturbed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ten tasks that a checkpoint has never seen, with all weights trained on their demonstrations: a solver that dies costs a few steps. */
@DisturbsSolvers
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
// 240 steps of 8 examples take two minutes on a core.
@Timeout(value = 25, unit = TimeUnit.MINUTES)
class AllWeightsAreAdaptedWhateverDies {
    private static final Path DEMO = Platform.project().resolve("demo/unseen");
    private static final String SET = "unseen-by-all-weights";

    /** The steps of {@code demo/unseen/results.json}. */
    private static final String[] AUTHORS = {"--adapt", "all", "--adapt-steps", "240"};

    private static final String[] SHORT = {"--adapt", "all", "--adapt-steps", "48"};
    private static final int KILLS = 2;

    @Test
    void and_answer_as_well_as_the_authors_trainer_makes_them(Disturbed disturbed) throws Exception {
        JsonNode authors =
                new ObjectMapper().readTree(DEMO.resolve("results.json").toFile());
        run(disturbed, "puzzles", "import", SET, DEMO.resolve("dataset").toString());
        List<String> submit = List.of(
                "submit",
                DEMO.resolve("step_7178").toString(),
                "--config",
                DEMO.resolve("all_config.yaml").toString(),
                "--puzzles",
                SET);
        JsonNode adapted = finished(disturbed, with(submit, AUTHORS));
        assertThat(score(adapted, "pass@2"))
                .isGreaterThanOrEqualTo(authors.at("/summary/full/pass@2/min").doubleValue());
        assertThat(adapted.at("/protocol/label").asText())
                .isEqualTo("4 steps · float32 · all weights adapted: 240 steps");
        assertThat(adapted.at("/training/step").intValue()).isEqualTo(240);
        JsonNode curve = adapted.at("/training/curve");
        assertThat(curve.size()).isBetween(100, 130);
        for (JsonNode point : curve) {
            assertThat(point.path("lmLoss").doubleValue()).isBetween(0.0, 20.0);
        }

        String id = adapted.path("id").asText();
        JsonNode undisturbed = finished(disturbed, with(List.of("rerun", id), SHORT));
        UUID repeat = Disturbed.idOf(run(disturbed, with(List.of("rerun", id, "--again", "--json"), SHORT))
                .json());
        int last = 0;
        int inTheMiddle = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int before = last;
            await("a solver is at work on steps after those that were kept before")
                    .atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> isAdapted(disturbed, repeat)
                            || step(disturbed, repeat) > before
                                    && !solver(disturbed, repeat).isEmpty());
            last = step(disturbed, repeat);
            String victim = solver(disturbed, repeat);
            if (isAdapted(disturbed, repeat) || victim.isEmpty()) {
                continue;
            }
            disturbed.processes().kill(victim);
            inTheMiddle++;
            disturbed.processes().awaitRestart(victim);
        }
        assertThat(inTheMiddle).as("kills while weights were adapted").isPositive();
        disturbed.finishedWithin(Duration.ofMinutes(10), repeat);
        JsonNode again = disturbed.now(repeat);
        assertThat(again.at("/training/checkpoint").asText())
                .as("weights, to the last bit")
                .hasSize(64)
                .isEqualTo(undisturbed.at("/training/checkpoint").asText());
        assertThat(disturbed.recorded().outcome(repeat))
                .as("answers and scores")
                .isEqualTo(disturbed.recorded().outcome(Disturbed.idOf(undisturbed)));
    }

    private static int step(Disturbed disturbed, UUID id) throws Exception {
        return disturbed.now(id).at("/training/step").intValue();
    }

    private static String solver(Disturbed disturbed, UUID id) throws Exception {
        return disturbed.now(id).at("/progress/solvers/0/name").asText();
    }

    private static boolean isAdapted(Disturbed disturbed, UUID id) throws Exception {
        return !disturbed.now(id).at("/training/checkpoint").isNull();
    }

    private static double score(JsonNode evaluation, String metric) {
        return evaluation.path("scores").path(metric).doubleValue();
    }

    private static List<String> with(List<String> command, String... options) {
        List<String> all = new ArrayList<>(command);
        Collections.addAll(all, options);
        return all;
    }

    private static JsonNode finished(Disturbed disturbed, List<String> command) throws Exception {
        JsonNode evaluation = run(disturbed, with(command, "--wait", "--json")).json();
        assertThat(evaluation.path("state").asText()).isEqualTo("finished");
        return evaluation;
    }

    private static Arena.Result run(Disturbed disturbed, List<String> command) throws Exception {
        return run(disturbed, command.toArray(String[]::new));
    }

    private static Arena.Result run(Disturbed disturbed, String... command) throws Exception {
        Arena.Result result = disturbed.platform().run(command);
        assertThat(result.exit()).as(result.err()).isZero();
        return result;
    }
}
