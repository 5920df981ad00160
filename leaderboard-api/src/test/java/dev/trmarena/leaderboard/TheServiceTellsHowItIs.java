package dev.trmarena.leaderboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.loops.Loops;
import dev.trmarena.loops.PollingLoop;
import dev.trmarena.messages.Meter;
import dev.trmarena.messages.Outcome;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Its meters under the names of the list, whether it is ready, and whether it should be started again. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TheServiceTellsHowItIs {
    @TestHTTPResource(value = "/", management = true)
    URL management;

    @Inject
    Jdbi jdbi;

    @Inject
    ArtifactStore store;

    @Inject
    Loops loops;

    @ConfigProperty(name = "arena.kafka")
    String kafka;

    @Test
    void in_every_meter_that_it_has() {
        String metrics = metrics();
        for (Meter meter : Meter.of(Meter.Service.LEADERBOARD_API)) {
            assertThat(meter.series())
                    .allSatisfy(series -> assertThat(metrics).containsPattern("(?m)^" + series + "[{ ]"));
        }
    }

    @Test
    void an_example_counts_once_and_its_unit_is_no_longer_waiting() throws Exception {
        PlannedDemo demo = PlannedDemo.plan(jdbi, store, "measured");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(value("arena_units{state=\"waiting\""))
                .isGreaterThanOrEqualTo(demo.unitCount()));
        double before = value("arena_examples_recorded_total");
        List<Outcome> outcomes = new ArrayList<>();
        for (int unit = 0; unit < demo.unitCount(); unit++) {
            outcomes.add(demo.solved(unit));
            outcomes.add(demo.solved(unit));
        }
        new RunningApi(kafka).finish(demo.evaluation(), outcomes);
        assertThat(value("arena_examples_recorded_total") - before).isEqualTo(PlannedDemo.EXAMPLES);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(value("arena_evaluations{state=\"finished\"")).isPositive();
            assertThat(value("arena_recorder_lag")).isZero();
        });
    }

    @Test
    void every_loop_of_it_is_watched() {
        assertThat(loops.names()).contains("recorder", "finish", "changes");
        management().get("/q/health/live").then().statusCode(200);
    }

    @Test
    void not_live_while_a_loop_stands_still() throws Exception {
        var hangs = new CountDownLatch(1);
        PollingLoop loop = loops.loop("made by the test", "hang", Duration.ofMillis(100), () -> {
            hangs.await();
            return Duration.ofHours(1);
        });
        loop.start();
        try {
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(management()
                            .get("/q/health/live")
                            .then()
                            .statusCode(503)
                            .extract()
                            .asString())
                    .contains("the loops make progress")
                    .contains("made by the test: at the same thing for"));
            hangs.countDown();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> management().get("/q/health/live").then().statusCode(200));
        } finally {
            hangs.countDown();
            loop.stop();
        }
    }

    @Test
    void in_what_it_is_ready_for() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> management().get("/q/health/ready").then().statusCode(200));
        JsonNode ready = RunningApi.read(management()
                .get("/q/health/ready")
                .then()
                .statusCode(200)
                .extract()
                .asString());
        assertThat(ready.path("checks").findValuesAsText("name"))
                .containsExactlyInAnyOrder("the database answers", "the recorder consumes");
    }

    private String metrics() {
        return management().get("/q/metrics").then().statusCode(200).extract().asString();
    }

    private double value(String series) {
        return metrics()
                .lines()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private RequestSpecification management() {
        return given().port(management.getPort());
    }
}
