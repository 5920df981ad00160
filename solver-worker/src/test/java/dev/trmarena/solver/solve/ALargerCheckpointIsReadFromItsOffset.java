package dev.trmarena.solver.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.artifacts.checkpoint.BadCheckpoint;
import dev.trmarena.artifacts.checkpoint.CheckpointInspection;
import dev.trmarena.artifacts.checkpoint.Configuration;
import dev.trmarena.golden.LargerTable;
import dev.trmarena.puzzles.InputProblem;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.npy.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The 4×4 demo as if it had been trained on joined sets: seven rows before its own, five behind, and tokens that it never saw. */
class ALargerCheckpointIsReadFromItsOffset {
    private static final Path DEMO =
            Path.of(System.getProperty("arena.root", "..")).resolve("demo/sudoku-4x4");
    private static final String EMBEDDING = "puzzle_emb.weights";
    private static final String HEAD = "lm_head.weight";
    private static final String TOKENS = "embed_tokens.embedding_weight";
    private static final int EXAMPLES = 40;

    @TempDir
    Path folder;

    private byte[] weights;
    private List<Integer> right;

    @BeforeEach
    void what_the_checkpoint_answers_as_it_is() throws IOException {
        Path converted = folder.resolve("plain.safetensors");
        CheckpointInspection.convert(
                DEMO.resolve("step_484"),
                "step_484",
                Configuration.of(DEMO.resolve("all_config.yaml"), null),
                converted);
        weights = Files.readAllBytes(converted);
        Npy.writeInt32(folder.resolve("identifiers.npy"), new int[EXAMPLES], EXAMPLES);
        NpyArray all = Npy.open(DEMO.resolve("dataset/test/all__inputs.npy"));
        int[] tokens = new int[EXAMPLES * all.rowLength()];
        Arrays.setAll(tokens, i -> (int) all.longAt(i));
        Npy.writeInt32(folder.resolve("inputs.npy"), tokens, EXAMPLES, all.rowLength());
        right = solve("plain", weights, Map.of());
    }

    @Test
    void rows_of_other_sets_are_not_used() throws IOException {
        float[] others = new float[LargerTable.row(weights, EMBEDDING, 0, 1).length];
        Arrays.fill(others, 3);
        byte[] joined = LargerTable.with(weights, EMBEDDING, others, 7, 5);
        assertThat(solve("right", joined, Map.of("identifier_offset", "7"))).isEqualTo(right);
        assertThat(solve("before", joined, Map.of("identifier_offset", "6"))).isNotEqualTo(right);
        assertThatThrownBy(() -> solve("behind", joined, Map.of("identifier_offset", "13")))
                .isInstanceOf(BadCheckpoint.class)
                .hasMessageContaining("13")
                .hasMessageContaining("0 to 12");
        // Numbers of the joined sets, not of this one, and an offset besides.
        Npy.writeInt32(folder.resolve("identifiers.npy"), filled(7), EXAMPLES);
        assertThat(solve("joined", joined, Map.of())).isEqualTo(right);
        assertThatThrownBy(() -> solve("twice", joined, Map.of("identifier_offset", "7")))
                .isInstanceOf(InputProblem.class)
                .hasMessageContaining("identifier 7 (row 14)")
                .hasMessageContaining("0 to 12");
        assertThatThrownBy(() -> solve("right", joined, Map.of("identifier_offset", "0")))
                .isInstanceOf(InputProblem.class)
                .hasMessageContaining("identifierOffset was 7, now it is not said");
    }

    @Test
    void tokens_of_other_sets_are_answers_like_any() throws IOException {
        byte[] known = LargerTable.with(weights, TOKENS, LargerTable.row(weights, TOKENS, 0, 1), 0, 2);
        // Half of a logit is never the greatest, as long as one is positive.
        byte[] silent = LargerTable.with(known, HEAD, LargerTable.row(weights, HEAD, 3, 0.5f), 0, 2);
        assertThat(solve("silent", silent, Map.of("allow_larger_vocabulary", "true")))
                .isEqualTo(right);
        byte[] loud = LargerTable.with(known, HEAD, LargerTable.row(weights, HEAD, 3, 2), 0, 2);
        List<Integer> answers = solve("loud", loud, Map.of("allow_larger_vocabulary", "true"));
        assertThat(answers).contains(6).doesNotContain(3);
        List<Integer> renamed = new ArrayList<>(answers);
        renamed.replaceAll(token -> token == 6 ? 3 : token);
        assertThat(renamed).isEqualTo(right);
    }

    private static int[] filled(int value) {
        int[] all = new int[EXAMPLES];
        Arrays.fill(all, value);
        return all;
    }

    private List<Integer> solve(String name, byte[] checkpoint, Map<String, String> given) throws IOException {
        Path file = folder.resolve(name + ".safetensors");
        Files.write(file, checkpoint);
        Path out = folder.resolve(name);
        LocalSolve.run(
                new LocalSolve.Request(
                        file,
                        DEMO.resolve("all_config.yaml"),
                        null,
                        given,
                        folder.resolve("inputs.npy"),
                        folder.resolve("identifiers.npy"),
                        out,
                        Set.of(),
                        EXAMPLES,
                        null),
                (examples, of) -> {});
        NpyArray preds = Npy.open(out.resolve("preds.npy"));
        List<Integer> tokens = new ArrayList<>();
        for (long i = 0; i < preds.count(); i++) {
            tokens.add((int) preds.longAt(i));
        }
        return tokens;
    }
}
