package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.messages.Meter;
import dev.trmarena.system.DisturbedPlatform.Disturbed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Counts what happened, not only what is there: an answer that was counted twice may lie in one row. Made before an evaluation
 * begins.
 */
final class CountedOnce {
    private final Disturbed disturbed;
    private final double recordedBefore;

    CountedOnce(Disturbed disturbed) throws IOException, InterruptedException {
        this.disturbed = disturbed;
        this.recordedBefore = recorded();
    }

    /** Every example, unit and event of an evaluation that finished is there once. */
    void rows(JsonNode finished) throws Exception {
        UUID id = Disturbed.idOf(finished);
        int examples = finished.path("exampleCount").asInt();
        assertThat(finished.path("examplesDone").asInt()).as("examples done").isEqualTo(examples);
        assertThat(disturbed.recorded().predictions(id)).as("rows of answers").isEqualTo(examples);
        assertThat(finished.path("unitsDone").asInt())
                .as("units done")
                .isEqualTo(finished.path("unitCount").asInt());
        assertThat(finished.path("computeMillis").asLong())
                .as("time of the units that count")
                .isEqualTo(Long.parseLong(disturbed
                        .recorded()
                        .lines("select sum(compute_ms)::text from work_unit where evaluation_id = ?", id)
                        .get(0)));
        // Nothing was lost until the reaper gave it out again: that would be an event of its own.
        assertThat(disturbed.partOf(id, "history").path("events").findValuesAsText("event"))
                .containsExactly("planned", "finished");
    }

    /**
     * As {@link #rows}, and the recorder, which nobody killed meanwhile, counted every example of these once, and no other.
     *
     * @param finished all that ran meanwhile
     */
    void rowsAndMeters(List<JsonNode> finished) throws Exception {
        int examples = 0;
        for (JsonNode one : finished) {
            rows(one);
            examples += one.path("exampleCount").asInt();
        }
        assertThat(recorded() - recordedBefore)
                .as("examples that the recorder counted")
                .isEqualTo(examples);
    }

    /** Waits until the recorder has read all there is and committed its offsets, and nothing comes any more. */
    void awaitNothingToRecord() {
        await("nothing is left to record")
                .atMost(Duration.ofSeconds(90))
                .during(Duration.ofSeconds(2))
                .until(() -> meter(Meter.RECORDER_LAG), lag -> lag == 0);
    }

    private double recorded() throws IOException, InterruptedException {
        return meter(Meter.EXAMPLES);
    }

    private double meter(Meter meter) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(disturbed.platform().management() + "/q/metrics"))
                .build();
        String meters = HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body();
        String name = meter.series().get(0);
        return meters.lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in\n" + meters));
    }
}
