package dev.trmarena.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.npy.NpyArray;
import dev.trmarena.solver.model.Dtype;
import dev.trmarena.solver.model.Kernels;
import dev.trmarena.solver.model.Network;
import dev.trmarena.solver.model.StepResult;
import dev.trmarena.solver.model.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every golden forward pass, from the checkpoint file as it is, with every kind of kernels that can run it. What it finds it
 * also writes as a table to {@code target/parity.md}, of which {@code docs/parity.md} is a copy.
 */
class TheNetworksGiveTheAuthorsNumbers {
    private static final double FLOAT32 = 1e-3;
    /** The bounds of the vectors' README. */
    private static final double BFLOAT16_MAX = 0.15;

    private static final double BFLOAT16_MEAN = 0.03;
    private static final double BFLOAT16_EQUAL = 0.95;
    /**
     * Another order of the same sums rounds a few values to the neighbour, and at two positions of one case the recursion makes
     * such a flip grow: see docs/decisions/0024. This is the share of a last step's logits that may then be beyond the bound; the
     * exact kernels, which no order of sums touches, are held to the bound itself.
     */
    private static final double FLIPPED = 0.005;

    private static final List<String> TABLE = new ArrayList<>();

    @TempDir
    Path folder;

    static Stream<Arguments> cases() throws IOException {
        var all = new ArrayList<Arguments>();
        try (Stream<Path> folders = Files.list(Golden.folder("models"))) {
            for (Path golden : folders.sorted().toList()) {
                String name = golden.getFileName().toString();
                boolean bfloat16 = name.contains("bf16");
                all.add(Arguments.of(name, Kernels.GENERIC));
                all.add(Arguments.of(name, Kernels.PACKED));
                if (bfloat16) {
                    all.add(Arguments.of(name, Kernels.EXACT));
                    all.add(Arguments.of(name, Kernels.BFLOAT16));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void over_every_case(String name, Kernels kernels) throws IOException {
        assumeTrue(kernels.runHere(), () -> "this CPU has no instructions for the kernels " + kernels);
        Path golden = Golden.folder("models/" + name);
        var results = new ArrayList<StepResult>();
        Dtype dtype;
        try (Network network = Checkpoints.open(golden, folder, null, kernels)) {
            dtype = network.dtype();
            var wanted = new Wanted(step -> false, step -> step <= 2, true, step -> step == 1);
            network.run(
                    Checkpoints.tokens(golden),
                    Checkpoints.identifiers(golden),
                    network.hyperParameters().haltMaxSteps(),
                    wanted,
                    results::add);
        }
        StepResult last = results.get(results.size() - 1);
        assertThat(last.last()).isTrue();
        Deviation first = Deviation.of(results.get(0).logits(), golden.resolve("expected_logits_step1.npy"));
        Deviation second = Deviation.of(results.get(1).logits(), golden.resolve("expected_logits_step2.npy"));
        Deviation final_ = Deviation.of(last.logits(), golden.resolve("expected_logits_steplast.npy"));
        Deviation q = halting(results, golden);
        Deviation carry = carry(results.get(0), golden);
        double equal = shareOfEqual(last.tokens(), golden.resolve("expected_preds.npy"));
        TABLE.add(String.format(
                Locale.ROOT,
                "| %s | %s | %s | %d | %s | %s | %s | %s | %s | %.4f |",
                name,
                dtype.label(),
                kernels.name().toLowerCase(Locale.ROOT),
                results.size(),
                first,
                second,
                final_,
                q,
                carry == Deviation.NONE ? "–" : carry,
                equal));
        if (dtype == Dtype.FLOAT32) {
            assertThat(List.of(first, second, final_, q, carry))
                    .allSatisfy(deviation -> assertThat(deviation.max()).isLessThanOrEqualTo(FLOAT32));
            assertThat(equal).isEqualTo(1.0);
        } else {
            assertThat(List.of(first, second, q))
                    .allSatisfy(deviation -> assertThat(deviation.max()).isLessThanOrEqualTo(BFLOAT16_MAX));
            assertThat(List.of(first, second, final_, q, carry))
                    .allSatisfy(deviation -> assertThat(deviation.mean()).isLessThanOrEqualTo(BFLOAT16_MEAN));
            assertThat(final_.beyond(BFLOAT16_MAX)).isLessThanOrEqualTo(kernels == Kernels.EXACT ? 0 : FLIPPED);
            assertThat(equal).isGreaterThanOrEqualTo(BFLOAT16_EQUAL);
        }
    }

    /** Halt logits of all steps, which also shows that the number of steps is the expected one. */
    private static Deviation halting(List<StepResult> results, Path golden) throws IOException {
        int rows = results.get(0).qHalt().length;
        float[] halt = new float[results.size() * rows];
        float[] go = new float[halt.length];
        for (StepResult result : results) {
            System.arraycopy(result.qHalt(), 0, halt, (result.step() - 1) * rows, rows);
            System.arraycopy(result.qContinue(), 0, go, (result.step() - 1) * rows, rows);
        }
        return Deviation.of(halt, golden.resolve("expected_q_halt.npy"))
                .larger(Deviation.of(go, golden.resolve("expected_q_continue.npy")));
    }

    /** The answer's state comes first; a network with one state has its vectors under the name z_L. */
    private static Deviation carry(StepResult first, Path golden) throws IOException {
        Path high = golden.resolve("expected_z_H_step1.npy");
        Path low = golden.resolve("expected_z_L_step1.npy");
        Deviation carry = Deviation.NONE;
        if (Files.exists(high)) {
            carry = Deviation.of(first.carry().get(0), high);
        }
        if (Files.exists(low)) {
            carry = carry.larger(Deviation.of(first.carry().get(first.carry().size() - 1), low));
        }
        return carry;
    }

    private static double shareOfEqual(int[] tokens, Path expected) throws IOException {
        NpyArray wanted = Npy.open(expected);
        assertThat((long) tokens.length).isEqualTo(wanted.count());
        int equal = 0;
        for (int i = 0; i < tokens.length; i++) {
            equal += tokens[i] == wanted.longAt(i) ? 1 : 0;
        }
        return equal / (double) tokens.length;
    }

    @AfterAll
    static void write_the_table() throws IOException {
        var lines = new ArrayList<>(List.of(
                "# Parity with the authors' code",
                "",
                "Largest absolute deviation from what the authors' code gave, for every golden case and every kind of kernels.",
                "Written by the test `TheNetworksGiveTheAuthorsNumbers`, which also holds the bounds: 1e-3 in float32, and in",
                "bfloat16 0.15 at most, 0.03 in the mean, 95% equal predictions; after the last step 0.5% of the logits may be",
                "beyond where sums are in a machine's own order, none where they are exact (decision 24). To renew it:",
                "",
                "```sh",
                "./mvnw -pl solver-worker -am test -Dtest=TheNetworksGiveTheAuthorsNumbers"
                        + " -Dsurefire.failIfNoSpecifiedTests=false",
                "cp solver-worker/target/parity.md docs/parity.md",
                "```",
                "",
                "| case | type | kernels | steps | logits, step 1 | step 2 | last step | q | carry | equal predictions |",
                "|---|---|---|---:|---:|---:|---:|---:|---:|---:|"));
        lines.addAll(TABLE.stream().sorted().toList());
        if (!TABLE.isEmpty()) {
            Files.write(Path.of("target", "parity.md"), lines);
        }
    }
}
