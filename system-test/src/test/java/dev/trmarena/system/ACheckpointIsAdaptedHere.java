package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./arena adapt} as the README has it, what it writes solved by {@code ./arena solve}; and what it says of arguments that are none. */
@OnNoPlatform
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ACheckpointIsAdaptedHere {
    private static final Path CASE = Project.root().resolve("golden/cases/adapt/rows_att");

    @TempDir
    Path folder;

    @Test
    void and_solved_afterwards() throws Exception {
        Arena.Result adapted = adapt("--mode", "rows", "--steps", "20", "--save-steps", "1,20");
        assertThat(adapted.exit()).as(adapted.err()).isZero();
        assertThat(adapted.out()).contains("adapted in 20 steps of 6 slots, loss of a slot from 2.647 to ");
        assertThat(folder.toFile().list())
                .containsExactlyInAnyOrder(
                        "adapted.safetensors",
                        "steps.json",
                        "rows_step1.npy",
                        "rows_step20.npy",
                        "weights_step1.safetensors",
                        "weights_step20.safetensors");
        Arena.Result solved = Arena.run(List.of(
                "solve",
                "--checkpoint",
                folder.resolve("adapted.safetensors").toString(),
                "--config",
                CASE.resolve("all_config.yaml").toString(),
                "--inputs",
                CASE.resolve("test_inputs.npy").toString(),
                "--puzzle-identifiers",
                CASE.resolve("test_puzzle_identifiers.npy").toString(),
                "--out",
                folder.resolve("answers").toString()));
        assertThat(solved.exit()).as(solved.err()).isZero();
    }

    @Test
    void or_it_says_what_is_wrong() throws Exception {
        refused(2, "Unknown option: '--rate=1'", "--mode", "rows", "--steps", "1", "--rate=1");
        refused(2, "expected one of [rows, all]", "--mode", "some", "--steps", "1");
        refused(2, "Missing required option: '--steps=N'", "--mode", "rows");
        refused(1, "--steps: it is 21, the schedule has 20", "--mode", "rows", "--steps", "21");
        refused(1, "--save-steps: there is 3 among them", "--mode", "all", "--steps", "2", "--save-steps", "1,3");
        refused(1, "no_such: there is no such setting", "--mode", "rows", "--steps", "1", "--set", "no_such=1");
    }

    private void refused(int status, String problem, String... arguments) throws Exception {
        Arena.Result refused = adapt(arguments);
        assertThat(refused.exit()).as(refused.err()).isEqualTo(status);
        assertThat(refused.err()).contains(problem);
        assertThat(folder.toFile().list()).isEmpty();
    }

    private Arena.Result adapt(String... arguments) throws Exception {
        var all = new ArrayList<>(List.of(
                "adapt",
                "--checkpoint",
                CASE.resolve("step_0").toString(),
                "--batches",
                CASE.resolve("batches").toString(),
                "--dataset",
                CASE.resolve("dataset.json").toString(),
                "--out",
                folder.toString()));
        all.addAll(List.of(arguments));
        return Arena.run(all);
    }
}
