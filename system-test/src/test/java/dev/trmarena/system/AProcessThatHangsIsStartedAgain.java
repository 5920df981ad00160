package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.system.DisturbedPlatform.Disturbed;
import dev.trmarena.system.Processes.Frozen;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SIGSTOP in the middle of an evaluation, and nobody wakes the process up: the launcher notices, and the evaluation ends as ever. */
@DisturbsServices
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AProcessThatHangsIsStartedAgain {
    private static final Load LOAD = Load.SLOW_UNITS;

    /** What stands on nobody hangs alone; what stands on it, in one evaluation: each is noticed by itself. */
    @ParameterizedTest
    @ValueSource(strings = {"ingest leaderboard-api solver-1", "kafka", "postgres"})
    @Timeout(400)
    void and_the_evaluation_ends_as_undisturbed(String together, Disturbed disturbed) throws Exception {
        List<String> roles = List.of(together.split(" "));
        List<String> expected = disturbed.undisturbed(LOAD);
        JsonNode evaluation = disturbed.started(LOAD);
        UUID id = Disturbed.idOf(evaluation);
        await("some of it is done")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> disturbed.recorded().predictions(id) > 40);
        Map<String, Frozen> frozen = new LinkedHashMap<>();
        try {
            for (String role : roles) {
                frozen.put(role, disturbed.processes().freezeWithDescendants(role));
            }
            frozen.forEach((role, processes) -> {
                await(role + " is ended, though it does not listen to signals")
                        .atMost(Duration.ofSeconds(120))
                        .until(processes::ended);
                disturbed.processes().awaitRestart(role);
            });
            JsonNode finished = new PatientUser(disturbed.client()).sees(evaluation);
            assertThat(finished.path("state").asText()).as(finished.toString()).isEqualTo("finished");
        } finally {
            // Whatever became of the test: the next class gets a platform that moves.
            for (Frozen processes : frozen.values()) {
                processes.close();
            }
        }
        assertThat(disturbed.recorded().predictions(id))
                .isEqualTo(evaluation.path("exampleCount").asInt());
        assertThat(disturbed.recorded().outcome(id)).isEqualTo(expected);
        assertThat(roles).as("the launcher says it").allMatch(role -> disturbed.platform().lines().stream()
                .anyMatch(line -> line.contains(role + " makes no progress")));
        awaitEverybody(disturbed);
    }

    private static void awaitEverybody(Disturbed disturbed) {
        HttpRequest ready = HttpRequest.newBuilder(
                        URI.create(disturbed.platform().management() + "/q/health/ready"))
                .timeout(Duration.ofSeconds(10))
                .build();
        await("everything is as before")
                .atMost(Duration.ofSeconds(90))
                .ignoreExceptions()
                .until(() -> HttpClient.newHttpClient()
                                        .send(ready, BodyHandlers.ofString())
                                        .statusCode()
                                == 200
                        && solversAlive(disturbed) == 2);
    }

    private static long solversAlive(Disturbed disturbed) throws InterruptedException {
        return disturbed.client().api().listSolvers().value().stream()
                .filter(solver -> solver.name().startsWith("solver-") && solver.alive())
                .count();
    }
}
