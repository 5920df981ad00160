package dev.trmarena.leaderboard.download;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.leaderboard.RealParts;
import dev.trmarena.leaderboard.StoredSet;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Two grids of 900 cells for each of many tasks are more than a service should hold for every reader. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ASubmissionIsSentInPieces {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TASKS = 6000;

    /** While the reader is at the beginning of a file of 22 MB. */
    private static final long MOST_HELD = 8 << 20;

    @Inject
    Jdbi jdbi;

    @Inject
    ArtifactStore store;

    @Test
    void however_many_test_outputs_there_are() throws Exception {
        StoredSet set = StoredSet.tasks(jdbi, store, "many-arc-tasks", TASKS);
        UUID evaluation = finished(set);
        // Opens the set, and makes whatever is made once.
        open(evaluation, "?asAuthors=true").close();
        long before = held();
        try (InputStream file = open(evaluation, "")) {
            String beginning = new String(file.readNBytes(1024), StandardCharsets.UTF_8);
            assertThat(held() - before).as("bytes held").isLessThan(MOST_HELD);
            assertThat(beginning).startsWith("{\"" + set.set().taskName(0) + "\":[{\"attempt_1\":[[0,0,0,");
            JsonNode all = JSON.readTree(beginning + new String(file.readAllBytes(), StandardCharsets.UTF_8));
            assertThat(all).hasSize(TASKS);
            assertThat(all.path(set.set().taskName(TASKS - 2)).get(0).path("attempt_2"))
                    .hasSize(30);
            // One candidate is tried twice; of no candidates something is tried.
            assertThat(all.path(set.set().taskName(TASKS - 1)).get(0).path("attempt_2"))
                    .hasSize(1);
            assertThat(all.path(set.set().taskName(TASKS - 3))
                            .get(0)
                            .path("attempt_1")
                            .toString())
                    .isEqualTo("[[0]]");
        }
        try (InputStream file = open(evaluation, "?asAuthors=true")) {
            JsonNode all = JSON.readTree(new String(file.readAllBytes(), StandardCharsets.UTF_8));
            assertThat(all).hasSize(TASKS);
            assertThat(all.path(set.set().taskName(TASKS - 3))).isEmpty();
            assertThat(all.path(set.set().taskName(TASKS - 2))).hasSize(1);
        }
    }

    /** The last task but two has no candidate, the last one a small one. */
    private UUID finished(StoredSet set) {
        UUID evaluation = set.plan(jdbi, "many");
        jdbi.useTransaction(handle -> {
            handle.execute("set local session_replication_role = replica");
            handle.execute("insert into grid (digest, grid_rows, grid_columns, cells) values"
                    + " (sha256('large'), 30, 30, decode(repeat('00', 900), 'hex')), (sha256('small'), 1, 1, '\\x01')"
                    + " on conflict do nothing");
            handle.execute(
                    "insert into test_output (evaluation_id, task, output, candidates)"
                            + " select ?, task, 0, 2 from generate_series(0, ? - 1) task",
                    evaluation,
                    TASKS);
            handle.execute(
                    "insert into candidate (evaluation_id, task, output, rank, grid_digest, votes, mean_halt)"
                            + " select ?, task, 0, rank, sha256('large'), 1, 0.5"
                            + " from generate_series(0, ? - 1) task, generate_series(1, 3) rank where task <> ?",
                    evaluation,
                    TASKS - 1,
                    TASKS - 3);
            handle.execute(
                    "insert into candidate (evaluation_id, task, output, rank, grid_digest, votes, mean_halt)"
                            + " values (?, ?, 0, 1, sha256('small'), 1, 0.5)",
                    evaluation,
                    TASKS - 1);
            handle.execute("update evaluation set state = 'finished', finished_at = now() where id = ?", evaluation);
        });
        return evaluation;
    }

    private static long held() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static InputStream open(UUID evaluation, String query) throws IOException {
        var connection = (HttpURLConnection) URI.create("http://localhost:" + RestAssured.port + "/api/evaluations/"
                        + evaluation + "/submission.json" + query)
                .toURL()
                .openConnection();
        assertThat(connection.getResponseCode()).isEqualTo(200);
        assertThat(connection.getContentType()).startsWith("application/json");
        return connection.getInputStream();
    }
}
