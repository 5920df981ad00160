package dev.trmarena.solver.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trmarena.artifacts.checkpoint.BadCheckpoint;
import dev.trmarena.artifacts.safetensors.SafetensorsFile;
import dev.trmarena.golden.Golden;
import dev.trmarena.puzzles.InputProblem;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.solver.Deviation;
import dev.trmarena.solver.solve.LocalSolve;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code ./arena adapt} writes is what the authors' trainer gave, and {@code ./arena solve} answers with it as their evaluation did. */
class BatchesAdaptACheckpointHere {
    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("dev.trmarena.solver.adapt.AdaptationEqualsTheAuthors#cases")
    void as_the_authors_trainer_does(String name) throws IOException {
        Path golden = Golden.folder("adapt/" + name);
        boolean frozen = name.startsWith("rows");
        var summary = LocalAdaptation.run(request(golden, frozen, 20, Map.of()), report -> {});
        assertThat(summary.notes()).isEmpty();

        JsonNode expected = new ObjectMapper()
                .readTree(golden.resolve("expected_steps.json").toFile());
        JsonNode steps = new ObjectMapper().readTree(out("steps.json").toFile());
        assertThat(steps).hasSameSizeAs(expected);
        for (int i = 0; i < steps.size(); i++) {
            for (String key : List.of("step", "halted", "steps", "current_puzzle_identifiers")) {
                assertThat(steps.get(i).get(key)).isEqualTo(expected.get(i).get(key));
            }
            for (String key : List.of("loss", "lm_loss", "q_halt_loss", "q_continue_loss")) {
                assertThat(steps.get(i).get(key).isNull())
                        .isEqualTo(expected.get(i).get(key).isNull());
                assertThat(Math.abs(steps.get(i).get(key).asDouble()
                                - expected.get(i).get(key).asDouble()))
                        .isLessThanOrEqualTo(1e-4);
            }
        }
        for (int step : List.of(1, 20)) {
            near(
                    Deviation.floats(out("rows_step" + step + ".npy")),
                    golden.resolve("expected_rows_step" + step + ".npy"),
                    1e-5);
            assertThat(Npy.open(out("rows_step" + step + ".npy")).shape())
                    .isEqualTo(Npy.open(golden.resolve("expected_rows_step" + step + ".npy"))
                            .shape());
            try (SafetensorsFile weights = SafetensorsFile.open(out("weights_step" + step + ".safetensors"))) {
                assertThat(weights.tensors().keySet())
                        .contains("lm_head.weight")
                        .doesNotContain("puzzle_emb.weights");
                Path head = golden.resolve("expected_weight_lm_head.weight_step" + step + ".npy");
                if (Files.exists(head)) {
                    near(weights.floats("lm_head.weight"), head, 2e-6);
                }
            }
        }
        LocalSolve.run(
                new LocalSolve.Request(
                        out("adapted.safetensors"),
                        golden.resolve("all_config.yaml"),
                        null,
                        Map.of(),
                        golden.resolve("test_inputs.npy"),
                        golden.resolve("test_puzzle_identifiers.npy"),
                        folder.resolve("answers"),
                        Set.of("last"),
                        32,
                        null),
                (examples, of) -> {});
        Path answers = folder.resolve("answers");
        near(
                Deviation.floats(answers.resolve("logits_steplast.npy")),
                golden.resolve("expected_test_logits.npy"),
                1e-4);
        assertThat(Deviation.integers(answers.resolve("preds.npy")))
                .containsExactly(Deviation.integers(golden.resolve("expected_test_preds.npy")));
    }

    @ParameterizedTest
    @CsvSource({
        "vocab_size, 13, 'vocab_size: it is 13, the checkpoint''s vocabulary is 12'",
        "seq_len, 24, 'steps × B × 24'",
        "num_puzzle_identifiers, 5, 'expected are 0 to 4'",
        "total_groups, 1, 'the schedule has 3'",
        "mean_puzzle_examples, 0, 'a number above 0 was expected'",
    })
    void not_of_another_set(String key, int value, String problem) throws IOException {
        Path golden = Golden.folder("adapt/rows_att");
        var dataset = (ObjectNode)
                new ObjectMapper().readTree(golden.resolve("dataset.json").toFile());
        Path changed = folder.resolve("dataset.json");
        Files.writeString(changed, dataset.put(key, value).toString());
        assertThatThrownBy(() -> LocalAdaptation.run(
                        request(golden, golden.resolve("batches"), changed, true, 20, Map.of()), report -> {}))
                .isInstanceOfSatisfying(InputProblem.class, bad -> assertThat(bad.getMessage() + " " + bad.remedy())
                        .contains(problem));
        assertThat(folder.resolve("out").toFile().list()).isEmpty();
    }

    /** As the authors' code does; and because that is wrong for another set of as many, it is said. */
    @Test
    void whose_rows_are_kept_where_the_set_has_as_many() throws IOException {
        Path golden = Golden.folder("adapt/rows_att");
        var dataset = (ObjectNode)
                new ObjectMapper().readTree(golden.resolve("dataset.json").toFile());
        Path changed = folder.resolve("dataset.json");
        Files.writeString(changed, dataset.put("num_puzzle_identifiers", 11).toString());
        var request = request(golden, golden.resolve("batches"), changed, true, 1, Map.of());
        assertThat(LocalAdaptation.run(request, each -> {}).notes())
                .singleElement()
                .asString()
                .contains("has 11 rows, as many as the set, so they are kept", "--new-rows");
        float[] kept = Deviation.floats(out("rows_step1.npy"));
        try (SafetensorsFile adapted = SafetensorsFile.open(out("adapted.safetensors"))) {
            assertThat(adapted.floats("model.inner.puzzle_emb.weights")).isEqualTo(kept);
        }
        AdaptCase own = AdaptCase.open("rows_att", folder);
        try (SafetensorsFile tensors = SafetensorsFile.open(own.weights())) {
            assertThat(Arrays.copyOfRange(kept, 10 * 48, 11 * 48))
                    .isEqualTo(tensors.floatRow("puzzle_emb.weights", 10));
        }
    }

    @Test
    void not_with_files_that_are_missing_or_of_another_shape() throws IOException {
        Path golden = Golden.folder("adapt/rows_att");
        Path batches = Files.createDirectories(folder.resolve("batches"));
        refused(golden, batches, "inputs.npy: there is no such file");
        copy(golden, batches, "inputs.npy");
        refused(golden, batches, "labels.npy: there is no such file");
        copy(golden, batches, "labels.npy");
        Npy.writeInt32(batches.resolve("puzzle_identifiers.npy"), new int[20], 20, 1);
        refused(golden, batches, "puzzle_identifiers.npy: type i4, shape [20, 1]");
        copy(golden, batches, "puzzle_identifiers.npy");
        Npy.writeInt32(batches.resolve("global_batch_size.npy"), new int[20], 20);
        refused(golden, batches, "global_batch_size.npy, step 1: a value is 0, expected are 1 to 6");
        Files.delete(batches.resolve("global_batch_size.npy"));
        assertThat(LocalAdaptation.run(
                                request(golden, batches, golden.resolve("dataset.json"), true, 2, Map.of()), each -> {})
                        .slots())
                .as("without it no batch is padded")
                .isEqualTo(6);
    }

    @Test
    void not_with_settings_that_nobody_says_or_that_are_none() throws IOException {
        Path golden = Golden.folder("adapt/rows_att");
        Path bare = folder.resolve("bare.yaml");
        String config = Files.readString(golden.resolve("all_config.yaml"));
        Files.writeString(bare, config.substring(0, config.indexOf("beta1:")));
        assertThatThrownBy(() -> LocalAdaptation.run(with(golden, bare, true, Map.of()), report -> {}))
                .isInstanceOfSatisfying(BadCheckpoint.class, bad -> {
                    assertThat(bad.problem())
                            .isEqualTo("nobody says epochs, global_batch_size, puzzle_emb_lr, puzzle_emb_weight_decay,"
                                    + " lr_warmup_steps, lr_min_ratio");
                    assertThat(bad.remedy()).contains("--set puzzle_emb_lr=…");
                });
        Path yaml = golden.resolve("all_config.yaml");
        refusedSetting(golden, yaml, Map.of("puzzle_emb_lr", "fast"), "it is 'fast', a number from 0");
        refusedSetting(golden, yaml, Map.of("freeze_weights", "false"), "the mode says otherwise");
        refusedSetting(golden, yaml, Map.of("no_such", "1"), "there is no such setting");
        Path softmax = folder.resolve("softmax.yaml");
        Files.writeString(softmax, config.replace("stablemax_cross_entropy", "softmax_cross_entropy"));
        refusedSetting(golden, softmax, Map.of(), "works with stablemax_cross_entropy alone");
        Path act = folder.resolve("act.yaml");
        Files.writeString(act, config.replace("no_ACT_continue: true", "no_ACT_continue: false"));
        refusedSetting(golden, act, Map.of(), "fails with it");
    }

    /** What was run until then is told, and nothing is saved that is no number. */
    @Test
    void until_it_diverges() throws IOException {
        Path golden = Golden.folder("adapt/rows_att");
        Map<String, String> wild =
                Map.of("puzzle_emb_lr", "1e30", "puzzle_emb_weight_decay", "1e9", "lr_warmup_steps", "0");
        assertThatThrownBy(() -> LocalAdaptation.run(request(golden, true, 20, wild), report -> {}))
                .isInstanceOf(TrainingDiverged.class);
        assertThat(new ObjectMapper().readTree(out("steps.json").toFile())).isNotEmpty();
        assertThat(out("adapted.safetensors")).doesNotExist();
    }

    private void refused(Path golden, Path batches, String problem) {
        assertThatThrownBy(() -> LocalAdaptation.run(
                        request(golden, batches, golden.resolve("dataset.json"), true, 20, Map.of()), each -> {}))
                .isInstanceOf(InputProblem.class)
                .hasMessageContaining(problem);
    }

    private void refusedSetting(Path golden, Path yaml, Map<String, String> given, String problem) {
        assertThatThrownBy(() -> LocalAdaptation.run(with(golden, yaml, true, given), report -> {}))
                .isInstanceOf(BadCheckpoint.class)
                .hasMessageContaining(problem);
    }

    private static void copy(Path golden, Path batches, String name) throws IOException {
        Files.copy(golden.resolve("batches").resolve(name), batches.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private void near(float[] values, Path expected, double bound) throws IOException {
        assertThat(Deviation.of(values, expected).max()).isLessThanOrEqualTo(bound);
    }

    private Path out(String name) {
        return folder.resolve("out").resolve(name);
    }

    private LocalAdaptation.Request request(Path golden, boolean frozen, int steps, Map<String, String> given) {
        return request(golden, golden.resolve("batches"), golden.resolve("dataset.json"), frozen, steps, given);
    }

    private LocalAdaptation.Request request(
            Path golden, Path batches, Path dataset, boolean frozen, int steps, Map<String, String> given) {
        return request(golden, null, batches, dataset, frozen, steps, given);
    }

    private LocalAdaptation.Request with(Path golden, Path yaml, boolean frozen, Map<String, String> given) {
        return request(golden, yaml, golden.resolve("batches"), golden.resolve("dataset.json"), frozen, 20, given);
    }

    private LocalAdaptation.Request request(
            Path golden,
            @Nullable Path yaml,
            Path batches,
            Path dataset,
            boolean frozen,
            int steps,
            Map<String, String> given) {
        var save = new TreeSet<Integer>();
        save.add(1);
        save.add(steps);
        return new LocalAdaptation.Request(
                golden.resolve("step_0"),
                yaml,
                null,
                new HashMap<>(given),
                batches,
                dataset,
                frozen,
                steps,
                save,
                false,
                null,
                0,
                folder.resolve("out"));
    }
}
