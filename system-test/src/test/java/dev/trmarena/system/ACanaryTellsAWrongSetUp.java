package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From the command line, with the demo's checkpoint as it was trained, with other cycles, and on a set that numbers its rows otherwise. */
@OnAPlatformOfItsOwn
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
// Some dozens of demonstrations, a few times: minutes where other builds want the cores, too.
@Timeout(value = 25, unit = TimeUnit.MINUTES)
class ACanaryTellsAWrongSetUp {
    private static final Path DEMO = Platform.project().resolve("demo/arc-style");
    private static final String CHECKPOINT = DEMO.resolve("step_17153").toString();
    private static final int DEMONSTRATIONS = 24;

    /** Puzzles of each task of the demo: as it is and eight augmentations. */
    private static final int AS_BUILT = 9;

    @TempDir
    Path folder;

    @Test
    void and_stops_before_the_score_where_it_is_to() throws Exception {
        // The whole set: which demonstrations are drawn follows from it, and of these docs/canary.md has the numbers.
        Path dataset = DEMO.resolve("dataset");
        Path moved = Files.createDirectory(folder.resolve("moved"));
        new PartOfDataset(Load.ALL, AS_BUILT).copy(dataset, moved);
        moveRows(moved.resolve("identifiers.json"));
        var settings = Map.of("ARENA_PLAN_CANARY_EXAMPLES", String.valueOf(DEMONSTRATIONS));
        try (var platform = Platform.up(folder.resolve("arena"), settings, "--no-demo", "--solvers", "2")) {
            succeeded(platform.run("puzzles", "import", "arc", dataset.toString()));
            succeeded(platform.run("puzzles", "import", "moved", moved.toString()));

            Arena.Result text = succeeded(platform.run("submit", CHECKPOINT, "--puzzles", "arc", "--wait"));
            JsonNode right = succeeded(platform.run("submit", CHECKPOINT, "--puzzles", "arc", "--wait", "--json"))
                    .json();
            JsonNode canary = right.path("canary");
            assertThat(canary.path("examples").asInt()).isEqualTo(DEMONSTRATIONS);
            assertThat(canary.path("exact").asInt()).as(canary.toString()).isGreaterThanOrEqualTo(10);
            assertThat(canary.path("suspect").asBoolean()).isFalse();
            assertThat(text.out())
                    .containsPattern("canary +" + canary.path("exact").asInt() + " of 24");
            assertThat(right.path("state").asText()).isEqualTo("finished");
            assertThat(right.path("examplesDone")).isEqualTo(right.path("exampleCount"));

            Arena.Result other = platform.run(
                    "submit",
                    CHECKPOINT,
                    "--puzzles",
                    "arc",
                    "--set",
                    "H_cycles=2",
                    "--stop-if-suspect",
                    "--wait",
                    "--json");
            JsonNode cycles = stopped(other);
            assertThat(cycles.path("canary").path("verdict").asText()).isEqualTo("cycles");
            assertThat(cycles.path("canary").path("remedy").asText()).contains("--set H_cycles=1");
            assertThat(cycles.path("canary").path("runs")).isNotEmpty();

            JsonNode rows = stopped(
                    platform.run("submit", CHECKPOINT, "--puzzles", "moved", "--stop-if-suspect", "--wait", "--json"));
            assertThat(rows.path("canary").path("exact").asInt()).isLessThanOrEqualTo(1);
            assertThat(rows.path("canary").path("verdict").asText()).isEqualTo("rows");
            assertThat(rows.path("failure").path("reason").asText()).contains("puzzles build --from arc");
        }
    }

    /** Without any test example having been run. */
    private static JsonNode stopped(Arena.Result result) throws Exception {
        assertThat(result.exit()).isEqualTo(1);
        JsonNode evaluation = result.json();
        assertThat(evaluation.path("state").asText()).isEqualTo("failed");
        assertThat(evaluation.path("failure").path("kind").asText()).isEqualTo("suspect");
        assertThat(evaluation.path("examplesDone").asInt()).isZero();
        assertThat(evaluation.path("scores")).isEmpty();
        assertThat(evaluation.path("canary").path("suspect").asBoolean()).isTrue();
        return evaluation;
    }

    /** Half of the table further: each row is that of another task. The blank one stays. */
    private static void moveRows(Path identifiers) throws Exception {
        var json = new ObjectMapper();
        JsonNode names = json.readTree(identifiers.toFile());
        ArrayNode moved = json.createArrayNode().add(names.get(0));
        int rows = names.size() - 1;
        for (int row = 0; row < rows; row++) {
            moved.add(names.get(1 + (row + rows / 2) % rows));
        }
        json.writeValue(identifiers.toFile(), moved);
    }

    private static Arena.Result succeeded(Arena.Result result) {
        assertThat(result.exit()).as(result.out() + result.err()).isZero();
        return result;
    }
}
