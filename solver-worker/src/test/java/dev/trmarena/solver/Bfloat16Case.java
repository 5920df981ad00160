package dev.trmarena.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.golden.Golden;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.solver.model.Kernels;
import dev.trmarena.solver.model.Network;
import dev.trmarena.solver.model.Networks;
import dev.trmarena.solver.model.StepOutputs;
import dev.trmarena.solver.model.StepResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * A golden case in bfloat16, and what says of each step whether a network runs it as the authors' code does (decision 24).
 *
 * <p>A rounding to the neighbour somewhere in a sum grows from step to step until it is another number somewhere among the
 * logits: the largest deviation is chance. What is not: how far all logits lie, in the mean, from those in float32, which is how much is
 * rounded; and from the authors', which is whether it is rounded in the same places. Both are measured by how far the authors'
 * own bfloat16 lies from float32.
 */
public final class Bfloat16Case {
    /** Of {@code golden/README.md}: what is one maximum and may be missed by a few logits, the mean, and equal predictions. */
    static final double LARGEST = 0.15;

    static final double MEAN = 0.03;
    static final double EQUAL = 0.95;
    /** Share of a step's logits that may lie beyond {@link #LARGEST}; 0.0023 at most in 108 orders of the same sums. */
    static final double BEYOND = 0.005;

    /** Bounds of a step, in distances of the authors' bfloat16 from float32; 0.77 to 1.16, and 1.11, in 108 orders. */
    static final Bounds STEP = new Bounds(0.7, 1.3, 1.25);
    /** Of the mean over the steps of a run; 0.91 to 1.08, and 1.06, in 108 orders. */
    static final Bounds RUN = new Bounds(0.8, 1.12, 1.1);

    static final StepOutputs EVERY_STEP = new StepOutputs(step -> true, step -> true, true, step -> step == 1);

    /** The authors' code on a CPU in float32, and ours. */
    private static final double FLOAT32 = 1e-3;
    /** Of a mean of thousands of logits. */
    private static final double FLOAT32_MEAN = 1e-5;

    private final Path golden;
    private final CheckpointManifest manifest;
    private final Path weights;
    private final double[] authors;
    private final List<float[]> float32;

    /**
     * @param least and
     * @param most how far from float32
     * @param deviation how far from the authors' bfloat16, at most
     */
    record Bounds(double least, double most, double deviation) {
        List<String> missed(String what, double spread, OptionalDouble apart) {
            var missed = new ArrayList<String>();
            if (!(spread >= least && spread <= most)) {
                missed.add(String.format(
                        Locale.ROOT, "%s: %.3f from float32, not %.2f to %.2f", what, spread, least, most));
            }
            if (apart.isPresent() && !(apart.getAsDouble() <= deviation)) {
                missed.add(String.format(
                        Locale.ROOT, "%s: %.3f from the authors', not %.2f", what, apart.getAsDouble(), deviation));
            }
            return missed;
        }
    }

    /**
     * A step of a run.
     *
     * @param spread mean distance from float32, in such distances of the authors'
     * @param deviation from the authors' logits, where they are known; of the steps between the second and the last they are not
     * @param apart its mean, in distances of the authors' bfloat16 from float32
     * @param equal share of predictions that are the authors'; 1 where they are not known
     */
    record Figures(int step, double spread, Deviation deviation, OptionalDouble apart, double equal) {
        List<String> missed() {
            String what = "step " + step;
            List<String> missed = new ArrayList<>(STEP.missed(what, spread, apart));
            if (!(deviation.mean() <= MEAN)) {
                missed.add(what + ": mean deviation " + deviation.mean());
            }
            if (deviation != Deviation.NONE && !(deviation.beyond(LARGEST) <= BEYOND)) {
                missed.add(what + ": share beyond " + LARGEST + ": " + deviation.beyond(LARGEST));
            }
            if (!(equal >= EQUAL)) {
                missed.add(what + ": equal predictions " + equal);
            }
            return missed;
        }
    }

    private Bfloat16Case(Path golden, Path folder) throws IOException {
        this.golden = golden;
        this.weights = folder.resolve("weights.safetensors");
        this.manifest = Checkpoints.inspect(golden, weights);
        this.authors = authors(golden, "mean_abs_logit_diff_bf16_vs_f32");
        try (Network network = Networks.open(manifest, weights, Dtype.FLOAT32, Kernels.GENERIC)) {
            this.float32 = run(network).stream().map(StepResult::logits).toList();
        }
        requireTheAuthorsFloat32();
    }

    /** Of each step, how far the authors' bfloat16 lies from float32 in the mean. @param key in {@code info.json} */
    static double[] authors(Path golden, String key) throws IOException {
        return new ObjectMapper()
                .convertValue(
                        new ObjectMapper()
                                .readTree(golden.resolve("info.json").toFile())
                                .required(key),
                        double[].class);
    }

    /** @param folder for the weights */
    public static Bfloat16Case open(String name, Path folder) throws IOException {
        return new Bfloat16Case(Golden.folder("models/" + name), folder);
    }

    /**
     * Our float32 is what the authors' bfloat16 is measured from: as near to their float32 as float32 goes where they give its logits, after the
     * last step; and where they give their bfloat16's, as far from that as they found theirs.
     */
    private void requireTheAuthorsFloat32() throws IOException {
        assertThat(authors).hasSize(float32.size());
        assertThat(Deviation.of(
                                float32.get(float32.size() - 1),
                                golden.resolve("logits_steplast_if_run_in_float32.npy"))
                        .max())
                .as("ours in float32 from theirs")
                .isLessThanOrEqualTo(FLOAT32);
        for (int step = 1; step <= authors.length; step++) {
            Path expected = expected(step);
            if (Files.exists(expected)) {
                assertThat(Deviation.of(float32.get(step - 1), expected).mean())
                        .as("their bfloat16 from our float32, step %d", step)
                        .isCloseTo(authors[step - 1], within(FLOAT32_MEAN));
            }
        }
    }

    public CheckpointManifest manifest() {
        return manifest;
    }

    public Path weights() {
        return weights;
    }

    Path golden() {
        return golden;
    }

    /** @return all steps, with their logits and the first step's state */
    public List<StepResult> run(Network network) throws IOException {
        var results = new ArrayList<StepResult>();
        network.run(
                Checkpoints.tokens(golden),
                Checkpoints.identifiers(golden),
                network.hyperParameters().haltMaxSteps(),
                EVERY_STEP,
                results::add);
        return results;
    }

    /** @return the bounds that a run misses, in words; none when it is as right as bfloat16 can be */
    public List<String> missed(List<StepResult> results) throws IOException {
        List<Figures> steps = figures(results);
        var missed = new ArrayList<String>();
        steps.forEach(step -> missed.addAll(step.missed()));
        missed.addAll(RUN.missed(
                "all steps",
                mean(steps.stream(), Figures::spread),
                OptionalDouble.of(
                        mean(steps.stream().filter(step -> step.apart().isPresent()), step -> step.apart()
                                .orElseThrow()))));
        return missed;
    }

    static double mean(Stream<Figures> steps, ToDoubleFunction<Figures> figure) {
        return steps.mapToDouble(figure).average().orElseThrow();
    }

    List<Figures> figures(List<StepResult> results) throws IOException {
        assertThat(results).hasSize(authors.length);
        var figures = new ArrayList<Figures>();
        for (StepResult result : results) {
            int step = result.step();
            double distance = authors[step - 1];
            double spread = Deviation.of(result.logits(), float32.get(step - 1)).mean() / distance;
            Path expected = expected(step);
            if (Files.exists(expected)) {
                Deviation deviation = Deviation.of(result.logits(), expected);
                figures.add(new Figures(
                        step,
                        spread,
                        deviation,
                        OptionalDouble.of(deviation.mean() / distance),
                        equal(result.tokens(), expected)));
            } else {
                figures.add(new Figures(step, spread, Deviation.NONE, OptionalDouble.empty(), 1));
            }
        }
        return figures;
    }

    private Path expected(int step) {
        return golden.resolve(
                "expected_logits_step" + (step == authors.length ? "last" : String.valueOf(step)) + ".npy");
    }

    /** Of tokens that are the first of the largest of these logits. */
    private static double equal(int[] tokens, Path logits) throws IOException {
        float[] all = Deviation.floats(logits);
        int vocabulary = all.length / tokens.length;
        int equal = 0;
        for (int i = 0; i < tokens.length; i++) {
            int first = 0;
            for (int v = 1; v < vocabulary; v++) {
                first = all[i * vocabulary + v] > all[i * vocabulary + first] ? v : first;
            }
            equal += first == tokens[i] ? 1 : 0;
        }
        return equal / (double) tokens.length;
    }
}
