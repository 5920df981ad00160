package dev.trmarena.solver.work;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.artifacts.checkpoint.AdaptedCheckpoint;
import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.checkpoint.EstimateOperations;
import dev.trmarena.messages.Purpose;
import dev.trmarena.messages.WorkUnit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Training steps of all weights, as solvers do them one after the other: what comes of them does not depend on who does which. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(300)
class AllWeightsAreAdaptedInLegs {
    private static final int STEPS = 4;
    private static final String PROTOCOL = "4-steps.float32.adapt-all-" + STEPS
            + "x2.seed-0.lr-0.1.decay-0.1.warmup-2.min-0.1.explore-0.5.weights-lr-0.01.decay-0.1.beta-0.9-0.95.ema-0.5";

    @TempDir
    Path folder;

    @Test
    void numbers_and_files_are_the_same_however_the_steps_are_cut() throws IOException {
        DemoArtifacts demo = DemoArtifacts.unseen(folder.resolve("store"));
        List<UnitSolver.Leg> whole = legs(demo, PROTOCOL, STEPS);
        List<UnitSolver.Leg> cut = legs(demo, PROTOCOL, 1, 3, STEPS);
        assertThat(whole.get(0).lmLosses()).hasSize(STEPS).allSatisfy(loss -> assertThat(loss)
                .isBetween(0.01, 10.0));
        assertThat(cut.stream().flatMap(leg -> leg.lmLosses().stream()).toList())
                .isEqualTo(whole.get(0).lmLosses());
        assertThat(cut.get(2).file()).isEqualTo(whole.get(0).file());
        assertThat(cut.get(0).file()).isNotEqualTo(cut.get(1).file());
        assertThat(legs(demo, PROTOCOL.replace("seed-0", "seed-1"), STEPS)
                        .get(0)
                        .file())
                .isNotEqualTo(whole.get(0).file());
    }

    @Test
    void what_comes_of_them_has_the_tensors_of_the_checkpoint_and_the_rows_of_the_set() throws IOException {
        DemoArtifacts demo = DemoArtifacts.unseen(folder.resolve("store"));
        CheckpointManifest parent =
                CheckpointManifest.fromJson(Files.readAllBytes(demo.store().path(demo.checkpointManifest())));
        UUID evaluation = UUID.randomUUID();
        String file =
                leg(demo, unit(demo, evaluation, PROTOCOL, 0, STEPS, null)).file();
        Path kept = folder.resolve("adaptations").resolve(evaluation.toString());
        Path adapted = kept.resolve(file);
        CheckpointManifest made = AdaptedCheckpoint.open(
                        adapted, "it", parent, demo.store().path(parent.weights()), 21, "a recipe")
                .draft();
        assertThat(made.hyperParameters()).isEqualTo(parent.hyperParameters().withIdentifiers(21));
        assertThat(made.notes()).anyMatch(note -> note.contains(parent.tensorDigest()) && note.contains("a recipe"));
        assertThatThrownBy(() -> AdaptedCheckpoint.open(
                        adapted, "it", parent, demo.store().path(parent.weights()), 22, "a recipe"))
                .hasMessageContaining("puzzle_emb.weights")
                .hasMessageContaining("[22, ");
        try (Stream<Path> left = Files.list(kept)) {
            assertThat(left).as("nothing that is not finished").containsExactly(adapted);
        }
    }

    @Test
    void what_was_kept_and_is_damaged_or_gone_is_not_gone_on_with() throws IOException {
        DemoArtifacts demo = DemoArtifacts.unseen(folder.resolve("store"));
        UUID evaluation = UUID.randomUUID();
        String kept = leg(demo, unit(demo, evaluation, PROTOCOL, 0, 1, null)).file();
        WorkUnit next = unit(demo, evaluation, PROTOCOL, 1, STEPS, kept);
        Path file = folder.resolve("adaptations").resolve(evaluation.toString()).resolve(kept);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1]++;
        Files.write(file, bytes);
        assertThatThrownBy(() -> leg(demo, next))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged");
        assertThat(file).doesNotExist();
        assertThatThrownBy(() -> leg(demo, next))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ARENA_ADAPTATIONS");
        try (var solver = new CachingUnitSolver(demo.store(), 1 << 16)) {
            assertThatThrownBy(() -> solver.solve(List.of(next), () -> false))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no folder for adaptations");
        }
    }

    @Test
    void a_step_is_told_before_it_and_asked_after_it() throws IOException {
        DemoArtifacts demo = DemoArtifacts.unseen(folder.resolve("store"));
        List<Double> told = new ArrayList<>();
        var steps = new UnitSolver.Steps() {
            @Override
            public void begins(double operations) {
                told.add(operations);
            }

            @Override
            public boolean abandoned() {
                return told.size() == 2;
            }
        };
        try (var solver = solver(demo)) {
            assertThatThrownBy(
                            () -> solver.solve(List.of(unit(demo, UUID.randomUUID(), PROTOCOL, 0, STEPS, null)), steps))
                    .isInstanceOf(CancellationException.class)
                    .hasMessageContaining("training step 2");
        }
        CheckpointManifest manifest =
                CheckpointManifest.fromJson(Files.readAllBytes(demo.store().path(demo.checkpointManifest())));
        assertThat(told)
                .containsOnly(2 * EstimateOperations.ofTrainingStep(manifest.hyperParameters(), 900))
                .hasSize(2);
    }

    @Test
    void a_training_that_diverges_says_the_step() throws IOException {
        DemoArtifacts demo = DemoArtifacts.unseen(folder.resolve("store"));
        String wild = PROTOCOL.replace("adapt-all-" + STEPS, "adapt-all-96")
                .replace("lr-0.1.decay-0.1.warmup-2", "lr-10.decay-10.warmup-0")
                .replace("weights-lr-0.01.decay-0.1", "weights-lr-10.decay-10");
        assertThatThrownBy(() -> leg(demo, unit(demo, UUID.randomUUID(), wild, 0, 96, null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("adapting all weights: step \\d+: .* diverged.*");
    }

    /** Each by a solver of its own. @param ends the steps after which they end */
    private List<UnitSolver.Leg> legs(DemoArtifacts demo, String protocol, int... ends) throws IOException {
        UUID evaluation = UUID.randomUUID();
        List<UnitSolver.Leg> legs = new ArrayList<>();
        String point = null;
        int done = 0;
        for (int end : ends) {
            UnitSolver.Leg leg = leg(demo, unit(demo, evaluation, protocol, done, end, point));
            legs.add(leg);
            point = leg.file();
            done = end;
        }
        return legs;
    }

    private UnitSolver.Leg leg(DemoArtifacts demo, WorkUnit unit) throws IOException {
        try (var solver = solver(demo)) {
            UnitSolver.Answer answer = solver.solve(List.of(unit), () -> false).get(0);
            assertThat(answer.predictions()).isEmpty();
            return requireNonNull(answer.leg(), "leg");
        }
    }

    private CachingUnitSolver solver(DemoArtifacts demo) {
        return new CachingUnitSolver(demo.store(), 1 << 16, folder.resolve("adaptations"));
    }

    private static WorkUnit unit(
            DemoArtifacts demo, UUID evaluation, String protocol, int done, int end, @Nullable String point) {
        return new WorkUnit(
                evaluation,
                0,
                Purpose.ADAPT,
                1,
                1,
                demo.checkpointManifest(),
                demo.puzzleSetManifest(),
                done,
                end,
                end - done,
                protocol,
                0,
                null,
                null,
                false,
                point);
    }
}
