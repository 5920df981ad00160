package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.system.DisturbedPlatform.Disturbed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./arena remove} of a model, of weights and of a puzzle set: it says first what would go, and asks. */
@DisturbsServices
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WhatACommandRemovesIsGone {
    private static final String SET = "removed-by-command";
    private static final String MODEL = "removed by command";

    @TempDir
    Path folder;

    @Test
    void by_the_name_of_its_model_by_the_digest_of_its_weights_and_with_its_set(Disturbed disturbed) throws Exception {
        Path nine = Platform.project().resolve("demo/sudoku-9x9");
        Path csv = Files.write(
                folder.resolve("few.csv"),
                Files.readAllLines(nine.resolve("test.csv")).subList(0, 9));
        assertThat(json(disturbed, "puzzles", "import", SET, csv.toString())
                        .path("exampleCount")
                        .asInt())
                .isEqualTo(8);

        UUID evaluation = submitted(disturbed, nine);
        JsonNode would = json(disturbed, "remove", "model", MODEL, "--dry-run");
        assertThat(would.path("done").asBoolean()).isFalse();
        assertThat(would.path("evaluations").asInt()).isEqualTo(1);
        assertThat(would.path("models").get(0).asText()).isEqualTo(MODEL);
        Arena.Result unanswered = disturbed.platform().run("remove", "model", MODEL);
        assertThat(unanswered.exit()).isEqualTo(1);
        assertThat(unanswered.err()).contains("would go: 1 evaluation, the name " + MODEL, "nothing was removed");
        json(disturbed, "show", evaluation.toString());
        assertThat(json(disturbed, "remove", "model", MODEL, "--yes")
                        .path("done")
                        .asBoolean())
                .isTrue();
        isGone(disturbed, "show", evaluation.toString());
        isGone(disturbed, "remove", "model", MODEL, "--yes");

        evaluation = submitted(disturbed, nine);
        String digest = one(disturbed, "c.tensor_digest", evaluation);
        String weights = one(disturbed, "c.manifest ->> 'weights'", evaluation);
        Path file = disturbed
                .platform()
                .data()
                .resolve("artifacts/sha256")
                .resolve(weights.substring(0, 2))
                .resolve(weights);
        assertThat(file).exists();
        JsonNode gone = json(disturbed, "remove", "checkpoint", digest, "--yes");
        assertThat(gone.path("checkpoints").asInt()).isEqualTo(1);
        assertThat(gone.path("bytes").asLong()).isGreaterThanOrEqualTo(1);
        assertThat(file).doesNotExist();
        isGone(disturbed, "show", evaluation.toString());
        isGone(disturbed, "remove", "checkpoint", digest, "--yes");

        evaluation = submitted(disturbed, nine);
        gone = json(disturbed, "remove", "puzzle-set", SET, "--yes");
        assertThat(gone.path("evaluations").asInt()).isEqualTo(1);
        assertThat(gone.path("puzzleSet").asBoolean()).isTrue();
        isGone(disturbed, "leaderboard", SET);
        isGone(disturbed, "show", evaluation.toString());
        isGone(disturbed, "remove", "puzzle-set", SET, "--yes");
    }

    private static UUID submitted(Disturbed disturbed, Path demo) throws Exception {
        String checkpoint = demo.resolve("step_1656").toString();
        JsonNode evaluation =
                json(disturbed, "submit", checkpoint, "--puzzles", SET, "--model", MODEL, "--steps", "1", "--wait");
        assertThat(evaluation.path("state").asText()).isEqualTo("finished");
        return Disturbed.idOf(evaluation);
    }

    private static String one(Disturbed disturbed, String what, UUID evaluation) throws Exception {
        return disturbed
                .recorded()
                .lines(
                        "select " + what
                                + " from evaluation e join checkpoint c on c.id = e.checkpoint_id where e.id = ?",
                        evaluation)
                .get(0);
    }

    private static JsonNode json(Disturbed disturbed, String... command) throws Exception {
        List<String> whole = new ArrayList<>(List.of(command));
        whole.add("--json");
        Arena.Result result = disturbed.platform().run(whole.toArray(String[]::new));
        assertThat(result.exit()).as(result.err()).isZero();
        return result.json();
    }

    private static void isGone(Disturbed disturbed, String... command) throws Exception {
        Arena.Result result = disturbed.platform().run(command);
        assertThat(result.exit()).as(result.out()).isEqualTo(1);
        assertThat(result.err()).contains(command[command.length - 1].equals("--yes") ? command[2] : command[1]);
    }
}
