package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trmarena.puzzles.npy.Npy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One checkpoint by several protocols, from the command line to the boards; nothing is uploaded twice. */
@OnTheSharedPlatform
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
// Five runs of the ARC demo: two minutes each where other builds want the cores, too.
@Timeout(value = 25, unit = TimeUnit.MINUTES)
class AProtocolIsRunAsItSays {
    private static final Path CHECKPOINT = Platform.project().resolve("demo/arc-style/step_17153");
    private static final String SET = "protocols-arc";

    @TempDir
    Path folder;

    /** The demo's tasks in a few of their augmentations: five evaluations take a third of the time. */
    @TempDir
    Path dataset;

    @Test
    void and_each_has_a_board_of_its_own(Platform platform) throws Exception {
        new PartOfDataset(Load.ALL, 3).copy(Platform.project().resolve("demo/arc-style/dataset"), dataset);
        Arena.Result imported = platform.run("puzzles", "import", SET, dataset.toString());
        assertThat(imported.exit()).as(imported.err()).isZero();
        JsonNode whole = ran(platform, "submit", CHECKPOINT.toString(), "--puzzles", SET);
        String id = whole.path("id").asText();
        assertThat(whole.path("protocol").path("whole").asBoolean()).isTrue();

        JsonNode blank = ran(platform, "rerun", id, "--blank-identifier");
        // The same question, asked without a platform: the solver's own loop over identifiers of zeros.
        JsonNode told = ((ObjectNode) blank.path("scores").deepCopy()).set("steps", blank.path("meanSteps"));
        blankScores().properties().forEach(score -> assertThat(
                        told.path(score.getKey()).doubleValue())
                .as(score.getKey())
                .isEqualTo(score.getValue().doubleValue()));
        assertThat(blank.path("scores").path("pass@2").doubleValue())
                .as("part of the score is memory of the task")
                .isLessThan(whole.path("scores").path("pass@2").doubleValue());

        JsonNode preview = ran(platform, "rerun", id, "--augmentations", "0");
        assertThat(preview.path("exampleCount").asInt())
                .isBetween(1, whole.path("exampleCount").asInt() - 1);
        assertThat(preview.path("protocol").path("label").asText()).contains("no votes");

        JsonNode early = ran(platform, "rerun", id, "--early", "--steps", "8");
        assertThat(early.path("meanSteps").doubleValue()).isBetween(1.0, 7.99);

        JsonNode board = platform.run("leaderboard", SET, "--json").json();
        assertThat(board.path("entries").findValuesAsText("evaluation")).containsExactly(id);
        Set<String> keys = new HashSet<>();
        board.path("protocols")
                .forEach(use -> keys.add(use.path("protocol").path("key").asText()));
        assertThat(keys)
                .containsExactlyInAnyOrder(
                        "4-steps.float32",
                        "4-steps.float32.blank-identifier",
                        "4-steps.float32.no-votes",
                        "8-steps.float32.early");
        Arena.Result again = platform.run("rerun", id, "--steps", "4", "--json");
        assertThat(again.json().path("id").asText()).isEqualTo(id);
        Arena.Result nonsense = platform.run("rerun", id, "--dtype", "float64");
        assertThat(nonsense.exit()).isEqualTo(1);
        assertThat(nonsense.err()).contains("float64").contains("bfloat16");
    }

    private static JsonNode ran(Platform platform, String... command) throws Exception {
        String[] waiting = Arrays.copyOf(command, command.length + 2);
        waiting[command.length] = "--wait";
        waiting[command.length + 1] = "--json";
        Arena.Result result = platform.run(waiting);
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.json().path("state").asText()).isEqualTo("finished");
        return result.json();
    }

    private JsonNode blankScores() throws Exception {
        Path inputs = dataset.resolve("test/all__inputs.npy");
        int examples = Npy.open(inputs).shape()[0];
        Path identifiers = folder.resolve("zeros.npy");
        Npy.writeInt32(identifiers, new int[examples], examples);
        Arena.Result solved = Arena.run(List.of(
                "solve",
                "--checkpoint",
                CHECKPOINT.toString(),
                "--inputs",
                inputs.toString(),
                "--puzzle-identifiers",
                identifiers.toString(),
                "--out",
                folder.toString()));
        assertThat(solved.exit()).as(solved.err()).isZero();
        Arena.Result scored = Arena.run(List.of(
                "score",
                "--puzzles",
                dataset.toString(),
                "--preds",
                folder.resolve("preds.npy").toString(),
                "--q-halt",
                folder.resolve("q_halt.npy").toString(),
                "--json"));
        assertThat(scored.exit()).as(scored.err()).isZero();
        JsonNode scores = scored.json();
        assertThat(scores.has("pass@2")).as(scores.toString()).isTrue();
        return scores;
    }
}
