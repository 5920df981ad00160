package dev.trmarena.solver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.npy.NpyArray;
import dev.trmarena.solver.solve.LocalSolve;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The golden forward passes, from the checkpoint file itself and through the code of {@code ./arena solve}. */
class TheNetworkGivesTheAuthorsNumbers {
    private static final double TOLERANCE = 1e-3;

    @TempDir
    Path out;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trm_att_rope",
                "trm_mlp_t",
                "trm_att_full_seq",
                "trm_learned_pos",
                "trm_emb_len0",
                "trm_emb_wide",
                "trm_no_puzzle_emb",
                "trm_mlp_t_no_puzzle_emb",
                "trm_orig_mod",
                "trm_softcfg_defaults"
            })
    void in_float32(String name) throws IOException {
        Path golden = Golden.folder("models/" + name);
        run(
                golden,
                "step_0",
                golden.resolve("inputs.npy"),
                golden.resolve("puzzle_identifiers.npy"),
                Set.of("1", "2", "last"));
        for (String step : new String[] {"1", "2", "last"}) {
            assertThat(largestDifference("logits_step" + step, golden.resolve("expected_logits_step" + step + ".npy")))
                    .as("logits of step %s", step)
                    .isLessThanOrEqualTo(TOLERANCE);
        }
        assertThat(largestDifference("q_halt", golden.resolve("expected_q_halt.npy")))
                .isLessThanOrEqualTo(TOLERANCE);
        assertThat(largestDifference("q_continue", golden.resolve("expected_q_continue.npy")))
                .isLessThanOrEqualTo(TOLERANCE);
        assertThat(shareOfEqual(golden.resolve("expected_preds.npy"))).isEqualTo(1.0);
    }

    /** The tolerances of the vectors' README: rounding at every operation differs between implementations. */
    @ParameterizedTest
    @ValueSource(strings = {"trm_bf16", "trm_mlp_t_bf16"})
    void in_bfloat16(String name) throws IOException {
        Path golden = Golden.folder("models/" + name);
        run(golden, "step_0", golden.resolve("inputs.npy"), golden.resolve("puzzle_identifiers.npy"), Set.of("last"));
        assertThat(largestDifference("logits_steplast", golden.resolve("expected_logits_steplast.npy")))
                .isLessThanOrEqualTo(0.15);
        assertThat(shareOfEqual(golden.resolve("expected_preds.npy"))).isGreaterThanOrEqualTo(0.95);
    }

    @ParameterizedTest
    @CsvSource({"sudoku4x4, step_484", "sudoku9x9_easy, step_1656"})
    void every_cell_of_a_trained_checkpoint(String name, String checkpoint) throws IOException {
        Path golden = Golden.folder("trained/" + name);
        Path test = golden.resolve("dataset/test");
        run(golden, checkpoint, test.resolve("all__inputs.npy"), test.resolve("all__puzzle_identifiers.npy"), Set.of());
        assertThat(shareOfEqual(golden.resolve("expected_preds.npy"))).isEqualTo(1.0);
    }

    private void run(Path golden, String checkpoint, Path inputs, Path identifiers, Set<String> logits)
            throws IOException {
        var request =
                new LocalSolve.Request(golden.resolve(checkpoint), null, inputs, identifiers, out, logits, 64, null);
        LocalSolve.run(request, (examples, of) -> {});
    }

    private double largestDifference(String name, Path expected) throws IOException {
        NpyArray actual = Npy.open(out.resolve(name + ".npy"));
        NpyArray wanted = Npy.open(expected);
        assertThat(actual.shape()).isEqualTo(wanted.shape());
        double largest = 0;
        for (int i = 0; i < wanted.count(); i++) {
            largest = Math.max(largest, Math.abs((double) actual.floatAt(i) - wanted.floatAt(i)));
        }
        return largest;
    }

    private double shareOfEqual(Path expected) throws IOException {
        NpyArray actual = Npy.open(out.resolve("preds.npy"));
        NpyArray wanted = Npy.open(expected);
        assertThat(actual.shape()).isEqualTo(wanted.shape());
        int equal = 0;
        for (int i = 0; i < wanted.count(); i++) {
            equal += actual.longAt(i) == wanted.longAt(i) ? 1 : 0;
        }
        return equal / (double) wanted.count();
    }
}
