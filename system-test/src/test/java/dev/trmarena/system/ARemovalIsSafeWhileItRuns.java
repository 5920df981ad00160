package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.system.DisturbedPlatform.Disturbed;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What is being solved is removed: its solvers let go, nothing of it comes back, the others come out as if it had not been there. */
@DisturbsServices
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ARemovalIsSafeWhileItRuns {
    private static final Load LOAD = Load.sudoku(2, Load.ALL);

    /** Never at its end before it is removed. */
    private static final Load REMOVED = Load.sudoku(500, Load.ALL);

    private static final String QUARANTINED = "select reason from quarantined_message where reason like ?";

    @Test
    void and_when_ingest_and_recorder_die_meanwhile(Disturbed disturbed) throws Exception {
        List<String> expected = disturbed.undisturbed(LOAD);
        JsonNode removed = disturbed.started(REMOVED);
        UUID id = Disturbed.idOf(removed);
        await("a unit is solved")
                .atMost(Duration.ofMinutes(3))
                .until(() -> disturbed.now(id).path("unitsDone").asInt() >= 1);
        JsonNode other = disturbed.started(LOAD);
        disturbed.processes().kill("leaderboard-api");
        disturbed.processes().killAndAwaitRestart("ingest");
        await("both answer again")
                .atMost(Duration.ofMinutes(3))
                .ignoreExceptions()
                .until(() -> disturbed.now(id).path("state").asText(), "running"::equals);
        Arena.Result gone = disturbed.platform().run("remove", "evaluation", id.toString(), "--yes", "--json");
        assertThat(gone.exit()).as(gone.err()).isZero();
        assertThat(gone.json().path("evaluations").asInt()).isEqualTo(1);
        assertThat(gone.json().path("running").asInt()).isEqualTo(1);
        assertThat(disturbed.platform().run("show", id.toString()).exit()).isEqualTo(1);

        JsonNode finished = disturbed.finished(other);
        assertThat(disturbed.recorded().outcome(Disturbed.idOf(finished))).isEqualTo(expected);
        for (String table : List.of("work_unit", "prediction", "delivery", "score", "evaluation_event")) {
            assertThat(disturbed.recorded().lines("select 'row' from " + table + " where evaluation_id = ?", id))
                    .as(table)
                    .isEmpty();
        }
        assertThat(disturbed.recorded().lines(QUARANTINED, "%" + id + "%"))
                .as("what solvers still said of it is no error")
                .isEmpty();
    }
}
