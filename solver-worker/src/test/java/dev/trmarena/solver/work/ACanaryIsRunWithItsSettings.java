package dev.trmarena.solver.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.messages.Prediction;
import dev.trmarena.messages.Purpose;
import dev.trmarena.messages.WorkUnit;
import dev.trmarena.puzzles.set.Canary;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Demonstrations of the demo, solved by the platform's solver with the checkpoint's own cycles and with others. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ACanaryIsRunWithItsSettings {
    private static final int FIRST = 4;
    private static final int END = 12;

    @TempDir
    Path folder;

    @Test
    void and_solves_some_with_its_own_cycles_and_answers_otherwise_with_others() throws IOException {
        DemoArtifacts demo = DemoArtifacts.arc(folder);
        byte[] manifest = Files.readAllBytes(demo.store().path(demo.puzzleSetManifest()));
        Canary canary = Canary.of(PuzzleSet.open(PuzzleSetManifest.fromJson(manifest), demo.store()::path))
                .orElseThrow();
        try (var solver = new CachingUnitSolver(demo.store(), 3 * 900)) {
            List<Prediction> own = solver.solve(List.of(unit(demo, FIRST, END, null)), () -> false)
                    .get(0)
                    .predictions();
            assertThat(own).extracting(Prediction::example).containsExactly(4, 5, 6, 7, 8, 9, 10, 11);
            assertThat(own).allMatch(prediction -> prediction.stepHistory().length == 0 && prediction.steps() == 4);
            assertThat(own)
                    .filteredOn(prediction -> canary.isExact(prediction.example(), prediction.tokens()))
                    .as("of the demo's demonstrations more than a third are solved")
                    .isNotEmpty();
            List<Prediction> same = solver.solve(List.of(unit(demo, FIRST, END, 2)), () -> false)
                    .get(0)
                    .predictions();
            assertThat(same).extracting(Prediction::qHalt).isEqualTo(halts(own));
            List<Prediction> others = solver.solve(List.of(unit(demo, FIRST, END, 3)), () -> false)
                    .get(0)
                    .predictions();
            assertThat(others).extracting(Prediction::qHalt).isNotEqualTo(halts(own));
        }
    }

    /** Of a checkpoint that was trained on joined sets. */
    @Test
    void its_identifiers_begin_at_the_offset_of_the_checkpoint() throws IOException {
        DemoArtifacts plain = DemoArtifacts.arc(folder.resolve("plain"));
        DemoArtifacts joined = DemoArtifacts.arcBehindOthers(folder.resolve("joined"), 9);
        List<Prediction> answers = solve(plain);
        assertThat(solve(joined)).usingRecursiveComparison().isEqualTo(answers);
        assertThat(halts(answers)).as("each task has an answer of its own").doesNotHaveDuplicates();
    }

    @Test
    void what_is_no_demonstration_fails_by_name() throws IOException {
        DemoArtifacts demo = DemoArtifacts.arc(folder);
        try (var solver = new CachingUnitSolver(demo.store(), 3 * 900)) {
            assertThatThrownBy(() -> solver.solve(List.of(unit(demo, 60, 65, null)), () -> false))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("ends at demonstration 65");
        }
    }

    private static List<Prediction> solve(DemoArtifacts demo) throws IOException {
        try (var solver = new CachingUnitSolver(demo.store(), 3 * 900)) {
            return solver.solve(List.of(unit(demo, 0, 3, null)), () -> false)
                    .get(0)
                    .predictions();
        }
    }

    private static List<Float> halts(List<Prediction> predictions) {
        return predictions.stream().map(Prediction::qHalt).toList();
    }

    private static WorkUnit unit(DemoArtifacts demo, int first, int end, @Nullable Integer lCycles) {
        return new WorkUnit(
                UUID.randomUUID(),
                0,
                Purpose.CANARY,
                1,
                1,
                demo.checkpointManifest(),
                demo.puzzleSetManifest(),
                first,
                end,
                end - first,
                "4-steps.float32",
                0,
                null,
                lCycles,
                false);
    }
}
