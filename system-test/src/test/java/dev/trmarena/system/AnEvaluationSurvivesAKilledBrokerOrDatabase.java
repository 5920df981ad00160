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
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The broker and the database die in the middle of an evaluation, each twice; the launcher brings them back. */
@DisturbsServices
@ExtendWith(SeededRandom.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AnEvaluationSurvivesAKilledBrokerOrDatabase {
    private static final Load LOAD = Load.MANY_UNITS;

    @ParameterizedTest
    @ValueSource(strings = {"kafka", "postgres"})
    void and_comes_to_what_it_would_have_come_to(String foundation, Disturbed disturbed, Random random)
            throws Exception {
        List<String> expected = disturbed.undisturbed(LOAD);
        JsonNode evaluation = disturbed.started(LOAD);
        UUID id = Disturbed.idOf(evaluation);
        int examples = evaluation.path("exampleCount").asInt();
        for (double share : new double[] {0.1 + 0.2 * random.nextDouble(), 0.4 + 0.3 * random.nextDouble()}) {
            await("a share of " + share + " is done")
                    .atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofMillis(50))
                    // Between two kills the page's own process may be looking for the database.
                    .ignoreExceptions()
                    .until(() -> disturbed.now(id).path("examplesDone").asInt() >= share * examples);
            disturbed.processes().killAndAwaitRestart(foundation);
        }
        JsonNode finished = disturbed.finished(evaluation);
        assertThat(disturbed.recorded().predictions(id))
                .isEqualTo(finished.path("exampleCount").asInt());
        assertThat(disturbed.recorded().outcome(id)).isEqualTo(expected);
    }
}
