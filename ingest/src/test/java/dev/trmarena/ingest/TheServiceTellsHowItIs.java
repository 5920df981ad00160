package dev.trmarena.ingest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trmarena.loops.Loops;
import dev.trmarena.loops.PollingLoop;
import dev.trmarena.messages.Meter;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Its meters under the names of the list, what it is ready for, and whether it should be started again. */
@QuarkusTest
@WithTestResource(value = RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TheServiceTellsHowItIs {
    @TestHTTPResource(value = "/", management = true)
    URL management;

    @Inject
    Loops loops;

    @Inject
    Scheduler scheduler;

    @ConfigProperty(name = "arena.artifacts")
    Path artifacts;

    @Test
    void in_every_meter_that_it_has() {
        String metrics =
                management().get("/q/metrics").then().statusCode(200).extract().asString();
        for (Meter meter : Meter.of(Meter.Service.INGEST)) {
            assertThat(meter.series())
                    .allSatisfy(series -> assertThat(metrics).containsPattern("(?m)^" + series + "[{ ]"));
        }
    }

    @Test
    void every_loop_of_it_is_watched() {
        assertThat(loops.names())
                .contains(
                        "dispatcher",
                        "reaper",
                        "outbox-relay",
                        "sweep-uploads",
                        "hash-older-sets",
                        "count-overlaps",
                        "sweep-rows",
                        "fetch-files");
        assertThat(scheduler.getScheduledJobs()).hasSize(6).allSatisfy(job -> assertThat(loops.names())
                .contains(job.getId()));
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
    void in_what_it_is_ready_for() throws IOException {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> management().get("/q/health/ready").then().statusCode(200));
        List<String> checks =
                management().get("/q/health/ready").then().extract().path("checks.name");
        assertThat(checks)
                .containsExactlyInAnyOrder("the database answers", "the relay lives", "the store is writable");
    }

    @Test
    void not_ready_when_the_store_takes_nothing() throws IOException {
        // A file in the place of the folder that artifacts come in through.
        Path incoming = artifacts.resolve("incoming");
        Path aside = artifacts.resolve("incoming-aside");
        boolean there = Files.exists(incoming);
        if (there) {
            Files.move(incoming, aside);
        }
        Files.createDirectories(artifacts);
        Files.createFile(incoming);
        try {
            List<String> down = management()
                    .get("/q/health/ready")
                    .then()
                    .statusCode(503)
                    .extract()
                    .path("checks.findAll { it.status == 'DOWN' }.name");
            assertThat(down).containsExactly("the store is writable");
        } finally {
            Files.delete(incoming);
            if (there) {
                Files.move(aside, incoming);
            }
        }
    }

    private RequestSpecification management() {
        return given().port(management.getPort());
    }
}
