package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.artifacts.checkpoint.CheckpointInspection;
import dev.trmarena.artifacts.checkpoint.Configuration;
import dev.trmarena.golden.LargerTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint with more rows and tokens than a set has: refused with the option's name, run when asked, and it says what is unused. */
@OnTheSharedPlatform
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ACheckpointOfJoinedSetsRuns {
    private static final Path DEMO = Platform.project().resolve("demo/sudoku-4x4");
    private static final String CONFIG = DEMO.resolve("all_config.yaml").toString();
    private static final String SET = "joined-sudoku";
    private static final String EMBEDDING = "puzzle_emb.weights";
    private static final String HEAD = "lm_head.weight";
    private static final String TOKENS = "embed_tokens.embedding_weight";

    @TempDir
    Path folder;

    @Test
    void when_somebody_says_where_the_set_begins(Platform platform) throws Exception {
        Arena.Result imported =
                platform.run("puzzles", "import", SET, DEMO.resolve("dataset").toString());
        assertThat(imported.exit()).as(imported.err()).isZero();
        byte[] plain = plain();
        byte[] rows = LargerTable.with(plain, EMBEDDING, LargerTable.row(plain, EMBEDDING, 0, -3), 7, 5);
        Path joined = checkpoint("joined", rows);
        Arena.Result refused = platform.run("submit", joined.toString(), "--puzzles", SET, "--config", CONFIG);
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("13 puzzle identifiers", "the set 1", "--identifier-offset N");

        JsonNode right = ran(platform, joined, "--identifier-offset", "7");
        assertThat(right.path("scores").path("exact_accuracy").doubleValue()).isEqualTo(0.996);
        assertThat(right.path("notes").get(0).asText()).contains("7 before them and 5 behind them are not used");
        Arena.Result shown = platform.run("show", right.path("id").asText());
        assertThat(shown.out()).contains("7 before them and 5 behind them are not used");

        // Its digits 1 are called by a token of another set.
        byte[] known = LargerTable.with(rows, TOKENS, LargerTable.row(plain, TOKENS, 0, 1), 0, 2);
        byte[] loud = LargerTable.with(known, HEAD, LargerTable.row(plain, HEAD, 2, 2), 0, 2);
        Path foreign = checkpoint("foreign", loud);
        Arena.Result both = platform.run("submit", foreign.toString(), "--puzzles", SET, "--config", CONFIG);
        assertThat(both.err()).contains("8 tokens", "the set 6", "--identifier-offset", "--allow-larger-vocabulary");
        JsonNode wrong = ran(platform, foreign, "--identifier-offset", "7", "--allow-larger-vocabulary");
        assertThat(wrong.path("scores").path("exact_accuracy").doubleValue()).isZero();
        assertThat(wrong.path("scores").path("accuracy").doubleValue()).isBetween(0.5, 0.8);
        assertThat(wrong.path("notes")).hasSize(2);
    }

    private byte[] plain() throws Exception {
        Path converted = folder.resolve("plain.safetensors");
        CheckpointInspection.convert(
                DEMO.resolve("step_484"),
                "step_484",
                Configuration.of(DEMO.resolve("all_config.yaml"), null),
                converted);
        return Files.readAllBytes(converted);
    }

    private Path checkpoint(String name, byte[] safetensors) throws Exception {
        return Files.write(folder.resolve(name + ".safetensors"), safetensors);
    }

    private static JsonNode ran(Platform platform, Path checkpoint, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("submit", checkpoint.toString(), "--puzzles", SET));
        command.addAll(List.of("--config", CONFIG, "--wait", "--json"));
        Collections.addAll(command, options);
        Arena.Result result = platform.run(command.toArray(String[]::new));
        assertThat(result.exit()).as(result.err()).isZero();
        return result.json();
    }
}
