package dev.trmarena.solver.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.messages.Meter;
import dev.trmarena.traces.Traces;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Its meters under the names of the list, and whether it consumes. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ASolverTellsHowItIs {
    @TempDir
    Path folder;

    @Test
    void over_http_on_the_loopback_address() throws Exception {
        // Nobody listens there: a solver without a broker has meters, too.
        try (var loop = new SolveLoop(
                        "127.0.0.1:9",
                        Identity.named("s", "CPU"),
                        new CachingUnitSolver(new ArtifactStore(folder), 900),
                        Traces.unexported());
                var health = new Health(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), loop)) {
            String metrics = get(health, "/metrics", 200);
            for (Meter meter : Meter.of(Meter.Service.SOLVER)) {
                assertThat(meter.series())
                        .allSatisfy(series -> assertThat(metrics).containsPattern("(?m)^" + series + "[{ ]"));
            }
            get(health, "/health", 503);
        }
    }

    @Test
    void the_steps_of_a_unit_are_timed_from_the_second_on() {
        var meters = new SolverMeters(() -> Double.NaN);
        BooleanSupplier afterEachStep = meters.timed(() -> false);
        for (int step = 0; step < 16; step++) {
            assertThat(afterEachStep.getAsBoolean()).isFalse();
        }
        assertThat(meters.scrape()).contains("arena_step_seconds_count 15");
    }

    private static String get(Health health, String path, int status) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + health.address().getPort() + path);
        HttpResponse<String> response =
                HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(status);
        return response.body();
    }
}
