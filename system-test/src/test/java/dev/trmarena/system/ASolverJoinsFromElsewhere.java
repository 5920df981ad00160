package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trmarena.system.DisturbedPlatform.Disturbed;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A solver that knows a Kafka address and an artifact store joins, works, leaves, and nothing is lost by it. */
@DisturbsSolvers
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ASolverJoinsFromElsewhere {
    @Test
    void and_leaves_as_it_likes(Disturbed disturbed) throws Exception {
        try (Guest guest = Guest.joins(disturbed.platform(), "guest").awaitAlive()) {
            UUID id = Disturbed.idOf(disturbed.started(Load.SLOW_UNITS));
            await("the guest solves")
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> guest.known().path("unitsSolved").asInt() > 0);
            assertThat(guest.known().path("alive").asBoolean()).isTrue();
            assertThat(disturbed.platform().run("solvers").out())
                    .contains("guest")
                    .contains("CPU");
            guest.command().destroy();
            assertThat(guest.command().waitFor(30, TimeUnit.SECONDS)).isTrue();
            await("it said that it leaves")
                    .atMost(Duration.ofSeconds(15))
                    .until(() -> !guest.known().path("alive").asBoolean());
            disturbed.finished(disturbed.now(id));
            assertThat(disturbed.recorded().outcome(id)).isEqualTo(disturbed.undisturbed(Load.SLOW_UNITS));
            assertThat(disturbed
                            .recorded()
                            .lines(
                                    "select count(*)::text from work_unit where evaluation_id = ? and solver = 'guest'",
                                    id))
                    .as("units that the guest solved")
                    .doesNotContain("0");
        }
    }
}
