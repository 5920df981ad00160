package dev.trmarena.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import dev.trmarena.system.DisturbedPlatform.Disturbed;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** leaderboard-api dies while it records, and again while it finishes; whoever watches reconnects and sees the truth. */
@DisturbsServices
@ExtendWith(SeededRandom.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AnEvaluationSurvivesAKilledRecorder {
    private static final Load LOAD = Load.MANY_UNITS;
    private static final int PATIENCE_MILLIS = 60_000;

    @Test
    void and_its_watchers_see_the_end(Disturbed disturbed, Random random) throws Exception {
        List<String> expected = disturbed.undisturbed(LOAD);
        JsonNode evaluation = disturbed.started(LOAD);
        UUID id = Disturbed.idOf(evaluation);
        CompletableFuture<JsonNode> watched = CompletableFuture.supplyAsync(() -> watch(disturbed, evaluation));
        killInTheMiddle(disturbed, id, random);
        JsonNode last = watched.get(3, TimeUnit.MINUTES);
        assertThat(last.path("state").asText()).isEqualTo("finished");
        assertThat(disturbed.recorded().predictions(id))
                .isEqualTo(last.path("exampleCount").asInt());
        assertThat(disturbed.recorded().outcome(id)).isEqualTo(expected);
    }

    @Test
    void and_a_page_that_is_open_shows_the_end(Disturbed disturbed, Random random) throws Exception {
        try (var browser = new Browser()) {
            JsonNode evaluation = disturbed.started(LOAD);
            UUID id = Disturbed.idOf(evaluation);
            Page page = browser.page(1280, 900);
            page.navigate(disturbed.platform().url() + "/evaluations/" + id);
            killInTheMiddle(disturbed, id, random);
            JsonNode last = disturbed.finished(evaluation);
            String score = String.format(
                    Locale.ROOT,
                    "%.2f%%",
                    100
                            * last.path("scores")
                                    .path(last.path("mainMetric").asText())
                                    .asDouble());
            // Never loaded again: what it shows came over a connection that broke and was opened anew.
            assertThat(page.locator("main")).containsText(score, new ContainsTextOptions().setTimeout(PATIENCE_MILLIS));
        }
    }

    private static void killInTheMiddle(Disturbed disturbed, UUID id, Random random) {
        // Asked of the database: the process that would answer is the one that is killed.
        awaitPredictions(disturbed, id, 20 + random.nextInt(100));
        disturbed.processes().killAndAwaitRestart("leaderboard-api");
        awaitPredictions(disturbed, id, 200 + random.nextInt(200));
        disturbed.processes().killAndAwaitRestart("leaderboard-api");
        // The last unit and the scores are moments apart: somewhere between them, or just after.
        awaitPredictions(disturbed, id, 500);
        disturbed.processes().killAndAwaitRestart("leaderboard-api");
    }

    private static void awaitPredictions(Disturbed disturbed, UUID id, int number) {
        await(number + " examples are recorded")
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> disturbed.recorded().predictions(id) >= number);
    }

    private static JsonNode watch(Disturbed disturbed, JsonNode evaluation) {
        try {
            return disturbed.finished(evaluation);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while watching", e);
        }
    }
}
