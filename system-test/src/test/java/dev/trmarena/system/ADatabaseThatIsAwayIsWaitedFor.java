package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.system.DisturbedPlatform.Disturbed;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The database refuses everybody, or hangs: every request is answered in time and says so, and nobody must be restarted. */
@DisturbsServices
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ADatabaseThatIsAwayIsWaitedFor {
    private static final Load LOAD = Load.MANY_UNITS;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Longer than a connection is waited for, shorter than a user waits. */
    private static final Duration IN_TIME = Duration.ofSeconds(20);

    @Test
    void when_it_refuses(Disturbed disturbed) throws Exception {
        survives(disturbed, () -> {
            allowConnections(disturbed, false);
            return () -> allowConnections(disturbed, true);
        });
    }

    @Test
    void when_it_hangs(Disturbed disturbed) throws Exception {
        survives(disturbed, () -> disturbed.processes().freezeWithDescendants("postgres"));
    }

    /** Puts the database away; closing the result brings it back. */
    private interface Absence {
        AutoCloseable begin() throws Exception;
    }

    private static void survives(Disturbed disturbed, Absence absence) throws Exception {
        List<String> expected = disturbed.undisturbed(LOAD);
        JsonNode evaluation = disturbed.started(LOAD);
        List<Long> processes = processIds(disturbed);
        await("some of it is done")
                .atMost(Duration.ofSeconds(60))
                .until(() -> disturbed.recorded().predictions(Disturbed.idOf(evaluation)) > 40);
        AutoCloseable begun = absence.begin();
        try {
            HttpResponse<String> answer = get(disturbed.platform().url() + "/api/evaluations/"
                    + evaluation.path("id").asText());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(answer.body()).contains("the database does not answer").doesNotContain("Exception");
            HttpResponse<String> ready = get(disturbed.platform().management() + "/q/health/ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).contains("the database answers").contains("DOWN");
            assertThat(get(disturbed.platform().management() + "/q/health/live").statusCode())
                    .as("a restart would mend nothing")
                    .isEqualTo(200);
        } finally {
            begun.close();
        }
        await("ready again")
                .atMost(Duration.ofSeconds(60))
                .until(() -> get(disturbed.platform().management() + "/q/health/ready")
                                .statusCode()
                        == 200);
        disturbed.finished(evaluation);
        assertThat(disturbed.recorded().outcome(Disturbed.idOf(evaluation))).isEqualTo(expected);
        assertThat(processIds(disturbed)).as("nobody was restarted").isEqualTo(processes);
    }

    private static HttpResponse<String> get(String address) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address)).timeout(IN_TIME).build();
        return HTTP.send(request, BodyHandlers.ofString());
    }

    private static List<Long> processIds(Disturbed disturbed) {
        return Stream.of("kafka", "postgres", "ingest", "leaderboard-api", "solver-1", "solver-2")
                .map(role -> disturbed.processes().of(role).pid())
                .toList();
    }

    private static void allowConnections(Disturbed disturbed, boolean allowed) throws Exception {
        try (Connection connection = disturbed.recorded().connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute("alter database arena with allow_connections " + allowed);
            if (!allowed) {
                statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'arena'");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot " + (allowed ? "open" : "close") + " the database", e);
        }
    }
}
