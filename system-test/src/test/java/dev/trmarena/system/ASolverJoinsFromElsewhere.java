package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.system.DisturbedPlatform.Disturbed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A solver that knows a Kafka address and an artifact store joins, works, leaves, and nothing is lost by it. */
@ExtendWith(DisturbedPlatform.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ASolverJoinsFromElsewhere {
    @Test
    void and_leaves_as_it_likes(Disturbed disturbed) throws Exception {
        String store = disturbed.platform().data().resolve("artifacts").toString();
        Process solver = Arena.start(
                List.of(
                        "solver",
                        "--bootstrap",
                        kafka(disturbed),
                        "--store",
                        store,
                        "--name",
                        "guest",
                        "--threads",
                        "1"),
                java.util.Map.of(),
                true);
        try {
            UUID id = Disturbed.idOf(disturbed.started(Load.SLOW_UNITS));
            await("the guest solves")
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> guest(disturbed).path("unitsSolved").asInt() > 0);
            assertThat(guest(disturbed).path("alive").asBoolean()).isTrue();
            assertThat(disturbed.platform().run("solvers").out())
                    .contains("guest")
                    .contains("CPU");
            solver.destroy();
            assertThat(solver.waitFor(30, TimeUnit.SECONDS)).isTrue();
            await("it said that it leaves")
                    .atMost(Duration.ofSeconds(15))
                    .until(() -> !guest(disturbed).path("alive").asBoolean());
            disturbed.finished(disturbed.now(id));
            assertThat(disturbed.recorded().outcome(id)).isEqualTo(disturbed.undisturbed(Load.SLOW_UNITS));
            assertThat(disturbed
                            .recorded()
                            .lines(
                                    "select count(*)::text from work_unit where evaluation_id = ? and solver = 'guest'",
                                    id))
                    .as("units that the guest solved")
                    .doesNotContain("0");
        } finally {
            solver.destroyForcibly();
        }
    }

    private static JsonNode guest(Disturbed disturbed) throws InterruptedException {
        for (JsonNode solver : disturbed.client().get("/api/solvers")) {
            if (solver.path("name").asText().equals("guest")) {
                return solver;
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    /** The broker's command line ends with its folder and its two ports. Java's own look at it sees the first page only. */
    private static String kafka(Disturbed disturbed) throws IOException {
        Path file =
                Path.of("/proc", Long.toString(disturbed.processes().of("kafka").pid()), "cmdline");
        String[] command = Files.readString(file).split("\0");
        return "127.0.0.1:" + command[command.length - 2];
    }
}
