package dev.trmarena.ingest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trmarena.messages.Meter;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Its meters under the names of the list, and what it is ready for. */
@QuarkusTest
@WithTestResource(value = RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TheServiceTellsHowItIs {
    @ConfigProperty(name = "arena.artifacts")
    Path artifacts;

    @Test
    void in_every_meter_that_it_has() {
        String metrics =
                given().get("/q/metrics").then().statusCode(200).extract().asString();
        for (Meter meter : Meter.of(Meter.Service.INGEST)) {
            assertThat(meter.series())
                    .allSatisfy(series -> assertThat(metrics).containsPattern("(?m)^" + series + "[{ ]"));
        }
    }

    @Test
    void in_what_it_is_ready_for() throws IOException {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
        List<String> checks = given().get("/q/health/ready").then().extract().path("checks.name");
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
            List<String> down = given().get("/q/health/ready")
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
}
