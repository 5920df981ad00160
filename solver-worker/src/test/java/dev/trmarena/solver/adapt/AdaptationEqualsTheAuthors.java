package dev.trmarena.solver.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.artifacts.checkpoint.CheckpointInspection;
import dev.trmarena.artifacts.checkpoint.Configuration;
import dev.trmarena.artifacts.safetensors.SafetensorsFile;
import dev.trmarena.golden.Golden;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.solver.Deviation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses, halting, rows and weights of every case of training are what the authors' trainer gave; the bounds are those of its README. */
class AdaptationEqualsTheAuthors {
    private static final double ROWS = 1e-5;
    private static final double LOSSES = 1e-4;
    private static final double WEIGHTS = 2e-6;
    private static final double BFLOAT16 = 0.1;

    @TempDir
    Path folder;

    /** Those that must be, so that none of them is left out in silence where the verification data is missing, and any more. */
    static Stream<String> cases() {
        var names = new TreeSet<>(Stream.of("rows_att", "rows_mlp_t", "full_att", "full_hrm_q_continue")
                .toList());
        names.addAll(Golden.names("adapt"));
        return names.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void over_every_case(String name) throws IOException {
        AdaptCase golden = AdaptCase.open(name, folder);
        JsonNode expected = new ObjectMapper()
                .readTree(golden.golden().resolve("expected_steps.json").toFile());
        try (Adaptation adaptation = golden.begin()) {
            near(AdaptCase.values(adaptation.rows()), golden.golden().resolve("initial_rows.npy"), ROWS);
            for (JsonNode step : expected) {
                StepReport report =
                        adaptation.step(golden.batch(step.get("step").asInt()));
                assertStep(report, step);
                Path rows = golden.golden().resolve("expected_rows_step" + report.step() + ".npy");
                if (Files.exists(rows)) {
                    near(AdaptCase.values(adaptation.rows()), rows, ROWS);
                    assertWeights(adaptation.weights(false), golden.golden(), report.step());
                }
            }
            Path saved = golden.golden().resolve("expected_saved_step_" + expected.size());
            assertThat(Files.exists(saved))
                    .as("what was trained was saved")
                    .isEqualTo(!golden.settings().freezeWeights());
            if (Files.exists(saved)) {
                assertSaved(adaptation.weights(golden.settings().ema()), saved, golden.golden());
            }
        }
    }

    /** Rounding to eight bits leads rows another way, so only the first step can be compared; that training works shows in the others. */
    @ParameterizedTest
    @ValueSource(strings = {"rows_att", "full_hrm_q_continue"})
    void nearly_in_bfloat16(String name) throws IOException {
        AdaptCase golden = AdaptCase.open(name, folder);
        JsonNode expected = new ObjectMapper()
                .readTree(golden.golden().resolve("expected_steps.json").toFile());
        Rows rows = golden.meanRows();
        try (Adaptation adaptation =
                Adaptation.begin(golden.manifest(), golden.weights(), rows, golden.settings(), Dtype.BFLOAT16, 0)) {
            StepReport first = adaptation.step(golden.batch(1));
            assertThat(first.loss())
                    .isCloseTo(expected.get(0).get("loss").asDouble(), withinPercentage(2))
                    .isNotEqualTo(expected.get(0).get("loss").asDouble());
            near(first.qHalt(), floats(expected.get(0), "q_halt_logits"), BFLOAT16);
            for (int step = 2; step <= 20; step++) {
                assertThat(adaptation.step(golden.batch(step)).loss()).isLessThan(1.5 * first.loss());
            }
        }
    }

    private static void assertStep(StepReport report, JsonNode step) {
        assertThat(report.step()).isEqualTo(step.get("step").asInt());
        assertThat(report.identifiers()).containsExactly(integers(step, "current_puzzle_identifiers"));
        assertThat(report.steps()).containsExactly(integers(step, "steps"));
        int[] halted = integers(step, "halted");
        for (int b = 0; b < halted.length; b++) {
            assertThat(report.halted()[b]).isEqualTo(halted[b] == 1);
        }
        assertThat(report.rowRate()).isCloseTo(step.get("lr_rows").asDouble(), within(1e-15));
        optional(report.weightRate(), step.get("lr_weights"), 1e-15);
        assertThat(report.loss()).isCloseTo(step.get("loss").asDouble(), within(LOSSES));
        assertThat(report.lmLoss()).isCloseTo(step.get("lm_loss").asDouble(), within(LOSSES));
        assertThat(report.qHaltLoss()).isCloseTo(step.get("q_halt_loss").asDouble(), within(LOSSES));
        optional(report.qContinueLoss(), step.get("q_continue_loss"), LOSSES);
        near(report.qHalt(), floats(step, "q_halt_logits"), LOSSES);
        near(report.qContinue(), floats(step, "q_continue_logits"), LOSSES);
    }

    private static void optional(@Nullable Double value, JsonNode expected, double bound) {
        if (expected.isNull()) {
            assertThat(value).isNull();
        } else {
            assertThat(value).isCloseTo(expected.asDouble(), within(bound));
        }
    }

    private static void assertWeights(SortedMap<String, float[]> weights, Path golden, int step) throws IOException {
        for (var weight : weights.entrySet()) {
            Path file = golden.resolve("expected_weight_" + weight.getKey() + "_step" + step + ".npy");
            if (Files.exists(file)) {
                near(weight.getValue(), file, WEIGHTS);
            }
        }
    }

    /** All weights, averaged, are those of the checkpoint that the trainer would save. */
    private void assertSaved(SortedMap<String, float[]> weights, Path saved, Path golden) throws IOException {
        Path canonical = folder.resolve("saved.safetensors");
        CheckpointInspection.convert(
                saved, "saved", Configuration.of(golden.resolve("all_config.yaml"), "all_config.yaml"), canonical);
        try (SafetensorsFile tensors = SafetensorsFile.open(canonical)) {
            var trained = new TreeSet<>(tensors.tensors().keySet());
            trained.removeIf(each -> each.endsWith("_init") || each.equals("puzzle_emb.weights"));
            assertThat(weights.keySet()).isEqualTo(trained);
            for (String each : trained) {
                near(Objects.requireNonNull(weights.get(each)), tensors.floats(each), WEIGHTS);
            }
        }
    }

    private static void near(float[] values, Path expected, double bound) throws IOException {
        near(values, Deviation.floats(expected), bound);
    }

    private static void near(float[] values, float[] expected, double bound) {
        assertThat(Deviation.of(values, expected).max()).isLessThanOrEqualTo(bound);
    }

    private static int[] integers(JsonNode step, String key) {
        return StreamSupport.stream(step.get(key).spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
    }

    private static float[] floats(JsonNode step, String key) {
        float[] values = new float[step.get(key).size()];
        for (int b = 0; b < values.length; b++) {
            values[b] = (float) step.get(key).get(b).asDouble();
        }
        return values;
    }
}
