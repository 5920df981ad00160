package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.arena.client.ArenaClient;
import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.system.DisturbedPlatform.Disturbed;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * ingest dies while it takes uploads in, while it plans and while it publishes, and its users send everything again: each
 * submission is there once, none of its units is lost, and not a byte of what was given up stays.
 */
@DisturbsServices
@ExtendWith(SeededRandom.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NothingIsPlannedTwice {
    private static final Load LOAD = Load.sudoku(2, Load.ALL);
    private static final int USERS = 3;
    private static final int SUBMISSIONS = 5;
    private static final int KILLS = 4;

    @Test
    void and_nothing_is_lost_when_ingest_dies(Disturbed disturbed, Random random) throws Exception {
        List<String> expected = disturbed.undisturbed(LOAD);
        ExecutorService users = Executors.newFixedThreadPool(USERS);
        try {
            List<Future<List<JsonNode>>> submitted = new ArrayList<>();
            for (int user = 0; user < USERS; user++) {
                submitted.add(users.submit(submissions(disturbed, "once-" + user)));
            }
            int inTheMiddle = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                awaitTheMoment(disturbed, random);
                inTheMiddle += disturbed.recorded().evaluationsOn("once-").size() < USERS * SUBMISSIONS ? 1 : 0;
                disturbed.processes().killAndAwaitRestart("ingest");
            }
            assertThat(inTheMiddle).as("kills before all was planned").isGreaterThanOrEqualTo(2);
            for (var one : submitted) {
                for (JsonNode evaluation : one.get(4, TimeUnit.MINUTES)) {
                    JsonNode finished = disturbed.finished(evaluation);
                    assertThat(disturbed.recorded().outcome(Disturbed.idOf(finished)))
                            .isEqualTo(expected);
                }
            }
        } finally {
            users.shutdownNow();
        }
        List<String> each = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            for (int number = 0; number < SUBMISSIONS; number++) {
                each.add("once-" + user + "-" + number + " finished");
            }
        }
        assertThat(disturbed.recorded().evaluationsOn("once-")).isEqualTo(each);
        theStoreHoldsWhatTheRowsName(disturbed);
    }

    /** Whoever comes after a killed one sweeps. */
    private static void theStoreHoldsWhatTheRowsName(Disturbed disturbed) throws Exception {
        var bytes = new StoredBytes(disturbed.platform(), disturbed.recorded());
        // What no kill could be relied upon to leave: one in the middle of a file, and one between its name and its
        // row.
        Path store = disturbed.platform().data().resolve("artifacts");
        new ArtifactStore(store).put(new ByteArrayInputStream("named by no row".getBytes(StandardCharsets.UTF_8)));
        Path halfWay = Files.createDirectories(store.resolve("incoming/" + UUID.randomUUID()));
        Files.writeString(halfWay.resolve("0"), "half of a fi");
        disturbed.processes().killAndAwaitRestart("ingest");
        await("a sweep").atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(bytes.there())
                .isEqualTo(bytes.named()));
        assertThat(bytes.named()).isNotEmpty();
    }

    /** Half of the kills come at any moment, half right after a plan was made, when its messages are about to be sent. */
    private static void awaitTheMoment(Disturbed disturbed, Random random) throws Exception {
        if (random.nextBoolean()) {
            int before = disturbed.recorded().evaluationsOn("once-").size();
            await("another plan")
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> disturbed.recorded().evaluationsOn("once-").size() > before
                            || before == USERS * SUBMISSIONS);
        } else {
            DrawnMoment.await(disturbed.recorded(), random, Duration.ofMillis(200), Duration.ofMillis(4_200));
        }
    }

    private static Callable<List<JsonNode>> submissions(Disturbed disturbed, String prefix) {
        return () -> {
            var user = new PatientUser(new ArenaClient(disturbed.platform().url(), null));
            var evaluations = new ArrayList<JsonNode>();
            for (int number = 0; number < SUBMISSIONS; number++) {
                evaluations.add(user.submits(LOAD, prefix + "-" + number));
            }
            return evaluations;
        };
    }
}
