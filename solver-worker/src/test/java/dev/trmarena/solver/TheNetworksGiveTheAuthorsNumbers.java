package dev.trmarena.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.golden.Golden;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.solver.model.Kernels;
import dev.trmarena.solver.model.Network;
import dev.trmarena.solver.model.Networks;
import dev.trmarena.solver.model.StepResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every golden forward pass, from the checkpoint file as it is, with every kind of kernels that can run it. What it finds is
 * {@link ParityTable}.
 */
class TheNetworksGiveTheAuthorsNumbers {
    static final double FLOAT32 = 1e-3;
    /**
     * In float32 logits were up to 1.6e-4 from the authors', by the order of a machine's sums: which of two is larger is not told by that order
     * when they are further apart than this. In three cases a cell has nearer ones.
     */
    static final double TIE = 5e-4;

    /**
     * URM has a bfloat16 part in float32, where a rounding that falls the other way is a whole place of bfloat16 in a state. In the mean, correct
     * implementations are 1.5e-5 apart at most, and one whose convolution is float32 3e-4 at least.
     */
    static final double URM_MEAN = 1e-4;

    /** Cases whose rows leave when they are sure; they have files of their own. */
    private static final String MIXER = "lucid_";

    private static final ParityTable TABLE = new ParityTable();

    @TempDir
    Path folder;

    static Stream<Arguments> cases() {
        var all = new ArrayList<Arguments>();
        for (String name : names()) {
            if (name.startsWith(MIXER)) {
                continue;
            }
            all.add(Arguments.of(name, Kernels.GENERIC));
            all.add(Arguments.of(name, Kernels.PACKED));
            if (name.contains("bf16")) {
                all.add(Arguments.of(name, Kernels.EXACT));
                all.add(Arguments.of(name, Kernels.BFLOAT16));
            }
        }
        return all.stream();
    }

    /** Of all families that there are. */
    static List<String> names() {
        return Stream.of("models", "families")
                .flatMap(kind -> Golden.names(kind).stream())
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void over_every_case(String name, Kernels kernels) throws IOException {
        assumeTrue(kernels.runHere(), () -> "this CPU has no instructions for the kernels " + kernels);
        Path golden = Checkpoints.folder(name);
        var results = new ArrayList<StepResult>();
        Dtype dtype;
        try (Network network = Checkpoints.open(golden, folder, null, kernels)) {
            dtype = network.dtype();
            network.run(
                    Checkpoints.tokens(golden),
                    Checkpoints.identifiers(golden),
                    network.hyperParameters().haltMaxSteps(),
                    Bfloat16Case.EVERY_STEP,
                    results::add);
        }
        StepResult last = results.get(results.size() - 1);
        assertThat(last.last()).isTrue();
        Deviation first = Deviation.of(results.get(0).logits(), golden.resolve("expected_logits_step1.npy"));
        Deviation second = Deviation.of(results.get(1).logits(), golden.resolve("expected_logits_step2.npy"));
        Deviation final_ = Deviation.of(last.logits(), golden.resolve("expected_logits_steplast.npy"));
        Deviation q = halting(results, golden);
        Deviation carry = carry(results.get(0), golden);
        double equal = Deviation.shareOfEqual(
                last.tokens(),
                Deviation.integers(golden.resolve("expected_preds.npy")),
                Deviation.floats(golden.resolve("expected_logits_steplast.npy")),
                dtype == Dtype.FLOAT32 ? TIE : 0);
        TABLE.add(name, dtype.key(), kernels, results.size(), List.of(first, second, final_, q, carry), equal);
        if (dtype == Dtype.FLOAT32 && name.startsWith("urm_")) {
            assertThat(List.of(first, second, final_, q))
                    .allSatisfy(deviation -> assertThat(deviation.max()).isLessThanOrEqualTo(FLOAT32));
            assertThat(List.of(first, second, final_, carry))
                    .allSatisfy(deviation -> assertThat(deviation.mean()).isLessThanOrEqualTo(URM_MEAN));
            assertThat(carry.beyond(FLOAT32)).isLessThanOrEqualTo(Bfloat16Case.BEYOND);
            assertThat(equal).isEqualTo(1.0);
        } else if (dtype == Dtype.FLOAT32) {
            assertThat(List.of(first, second, final_, q, carry))
                    .allSatisfy(deviation -> assertThat(deviation.max()).isLessThanOrEqualTo(FLOAT32));
            assertThat(equal).isEqualTo(1.0);
        } else if (name.startsWith("urm_")) {
            // Of a convolution that is bfloat16 whatever the rest is in there is no float32 of ours to measure by.
            double[] distances = Bfloat16Case.authors(golden, "mean_abs_logit_diff_vs_all_float32");
            assertThat(first.mean()).isLessThanOrEqualTo(Bfloat16Case.STEP.deviation() * distances[0]);
            assertThat(second.mean()).isLessThanOrEqualTo(Bfloat16Case.STEP.deviation() * distances[1]);
            assertThat(final_.mean())
                    .isLessThanOrEqualTo(Bfloat16Case.STEP.deviation() * distances[results.size() - 1]);
            assertThat(q.mean()).isLessThanOrEqualTo(Bfloat16Case.MEAN);
            assertThat(equal).isGreaterThanOrEqualTo(Bfloat16Case.EQUAL);
        } else {
            var bfloat16 = Bfloat16Case.open(name, folder);
            TABLE.add(name, kernels, bfloat16.figures(results));
            assertThat(bfloat16.missed(results)).isEmpty();
            assertThat(List.of(q, carry))
                    .allSatisfy(deviation -> assertThat(deviation.mean()).isLessThanOrEqualTo(Bfloat16Case.MEAN));
            assertThat(equal).isGreaterThanOrEqualTo(Bfloat16Case.EQUAL);
            if (kernels == Kernels.EXACT) {
                assertThat(List.of(first, second, final_, q))
                        .allSatisfy(deviation -> assertThat(deviation.max()).isLessThanOrEqualTo(Bfloat16Case.LARGEST));
            } else {
                assertThat(q.beyond(Bfloat16Case.LARGEST)).isLessThanOrEqualTo(1 - Bfloat16Case.EQUAL);
            }
        }
    }

    static Stream<Arguments> mixers() {
        var all = new ArrayList<Arguments>();
        var names = new TreeSet<>(List.of("lucid_mixer", "lucid_mixer_registers"));
        names().stream().filter(name -> name.startsWith(MIXER)).forEach(names::add);
        for (String name : names) {
            all.add(Arguments.of(name, Kernels.GENERIC));
            all.add(Arguments.of(name, Kernels.PACKED));
        }
        return all.stream();
    }

    /**
     * Rows leave as soon as they are sure, each with its own answer; what they would go on with is known, too, and run with a
     * threshold that none of them reaches.
     */
    @ParameterizedTest
    @MethodSource("mixers")
    void over_every_case_whose_rows_leave(String name, Kernels kernels) throws IOException {
        assumeTrue(kernels.runHere(), () -> "this CPU has no instructions for the kernels " + kernels);
        Path golden = Golden.folder("families/" + name);
        List<StepResult> left = mixed(golden, kernels, Map.of());
        List<StepResult> stayed = mixed(golden, kernels, Map.of("halt_prob_thres", "1"));
        StepResult last = left.get(left.size() - 1);
        assertThat(last.steps()).containsExactly(Deviation.integers(golden.resolve("expected_exit_steps.npy")));
        StepResult end = stayed.get(stayed.size() - 1);
        assertThat(end.steps()).containsOnly(stayed.size());

        Deviation first = Deviation.of(stayed.get(0).logits(), golden.resolve("expected_logits_step1.npy"));
        Deviation second = Deviation.of(stayed.get(1).logits(), golden.resolve("expected_logits_step2.npy"));
        Deviation final_ = Deviation.of(last.logits(), golden.resolve("expected_logits_steplast.npy"))
                .larger(Deviation.of(end.logits(), golden.resolve("logits_steplast_if_no_row_leaves.npy")));
        Deviation q = halting(stayed, golden);
        Deviation carry = Deviation.of(stayed.get(0).carry().get(0), golden.resolve("expected_outputs_step1.npy"))
                .larger(Deviation.of(stayed.get(0).carry().get(1), golden.resolve("expected_latents_step1.npy")));
        double equal = Deviation.shareOfEqual(
                last.tokens(),
                Deviation.integers(golden.resolve("expected_preds.npy")),
                Deviation.floats(golden.resolve("expected_logits_steplast.npy")),
                TIE);
        TABLE.add(name, Dtype.FLOAT32.key(), kernels, left.size(), List.of(first, second, final_, q, carry), equal);
        assertThat(List.of(first, second, final_, q, carry))
                .allSatisfy(deviation -> assertThat(deviation.max()).isLessThanOrEqualTo(FLOAT32));
        assertThat(equal).isEqualTo(1.0);
    }

    private List<StepResult> mixed(Path golden, Kernels kernels, Map<String, String> given) throws IOException {
        Path weights = folder.resolve("weights.safetensors");
        var results = new ArrayList<StepResult>();
        CheckpointManifest manifest = Checkpoints.inspect(golden, weights, given);
        try (Network network = Networks.open(manifest, weights, null, kernels)) {
            assertThat(network.dtype()).isEqualTo(Dtype.FLOAT32);
            network.run(
                    Checkpoints.tokens(golden),
                    Checkpoints.identifiers(golden),
                    network.hyperParameters().haltMaxSteps(),
                    Bfloat16Case.EVERY_STEP,
                    results::add);
        }
        return results;
    }

    /** Halt logits of all steps, which also shows that the number of steps is the expected one. */
    private static Deviation halting(List<StepResult> results, Path golden) throws IOException {
        Deviation halting = Deviation.of(joined(results, StepResult::qHalt), golden.resolve("expected_q_halt.npy"));
        float[] go = joined(results, StepResult::qContinue);
        Path continuing = golden.resolve("expected_q_continue.npy");
        if (!Files.exists(continuing)) {
            assertThat(go).as("there is no continue logit").containsOnly(Float.NaN);
            return halting;
        }
        return halting.larger(Deviation.of(go, continuing));
    }

    private static float[] joined(List<StepResult> results, Function<StepResult, float[]> values) {
        int rows = results.get(0).qHalt().length;
        float[] all = new float[results.size() * rows];
        for (StepResult result : results) {
            System.arraycopy(values.apply(result), 0, all, (result.step() - 1) * rows, rows);
        }
        return all;
    }

    /** The answer's state comes first; a network with one state has its vectors under the name z_L. */
    private static Deviation carry(StepResult first, Path golden) throws IOException {
        Path high = golden.resolve("expected_z_H_step1.npy");
        Path low = golden.resolve("expected_z_L_step1.npy");
        Path only = golden.resolve("expected_hidden_step1.npy");
        if (Files.exists(only)) {
            return Deviation.of(first.carry().get(0), only);
        }
        Deviation carry = Deviation.NONE;
        if (Files.exists(high)) {
            carry = Deviation.of(first.carry().get(0), high);
        }
        if (Files.exists(low)) {
            carry = carry.larger(Deviation.of(first.carry().get(first.carry().size() - 1), low));
        }
        return carry;
    }

    @AfterAll
    static void write_the_table() throws IOException {
        TABLE.write();
    }
}
