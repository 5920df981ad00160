package dev.trmarena.puzzles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.limits.ReadLimits;
import dev.trmarena.puzzles.arc.ArcRecipe;
import dev.trmarena.puzzles.arc.ArcRecipe.SplitOrder;
import dev.trmarena.puzzles.build.ArcSource;
import dev.trmarena.puzzles.build.BuildProgress;
import dev.trmarena.puzzles.build.NumpyRandom;
import dev.trmarena.puzzles.build.PlanArc;
import dev.trmarena.puzzles.build.WriteCompactSet;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.score.ScoredPrediction;
import dev.trmarena.puzzles.score.Scoring;
import dev.trmarena.puzzles.score.VoteProtocol;
import dev.trmarena.puzzles.set.AnswersAtOnce;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetImport;
import dev.trmarena.puzzles.set.PuzzleSetManifest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Votes are counted with all answers to a task in memory: how many these may be is asked when a set is imported. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AnswersThatAreHeldAreBounded {
    /** Of the largest grids, each another one; the heap of the service that scores has 512 MB. */
    private static final long MOST_BYTES = 80L << 20;

    private static final int SIDE = 30;
    private static final String TASK = "{\"train\":[{\"input\":[[1]],\"output\":[[2]]}],\"test\":[{\"input\":[[3]]}]}";

    @TempDir
    Path folder;

    private long held;

    /** Identifiers 1 and 2 are the two tasks. */
    @BeforeEach
    void two_tasks() throws IOException {
        Path raw = Files.createDirectories(folder.resolve("raw"));
        Files.writeString(
                raw.resolve("two_challenges.json"), "{\"a\":" + TASK + ",\"b\":" + TASK.replace('3', '4') + "}");
        Files.writeString(raw.resolve("two_solutions.json"), "{\"a\":[[[5]]],\"b\":[[[6]]]}");
        var recipe = new ArcRecipe(List.of("two"), List.of("two"), 0, 42, SplitOrder.TRAIN_TEST);
        try (ArcSource source = ArcSource.open(raw, "", Map.of(), false)) {
            WriteCompactSet.write(PlanArc.plan(source, recipe, new NumpyRandom(42), BuildProgress.SILENT), folder);
        }
    }

    @Test
    void those_to_a_task_and_to_others_in_between() throws IOException {
        assertThat(AnswersAtOnce.of(examples(5, example -> example < 3 ? 1 : 2)))
                .isEqualTo(3);
        assertThat(AnswersAtOnce.of(examples(5, example -> 1 + example % 2))).isEqualTo(5);
        assertThat(AnswersAtOnce.of(examples(6, example -> example == 4 ? 2 : 1)))
                .isEqualTo(6);
    }

    @Test
    void more_than_are_held_are_refused() {
        int most = ReadLimits.ANSWERS_AT_ONCE;
        assertThatThrownBy(() -> examples(most + 1, example -> 1))
                .isInstanceOf(InputProblem.class)
                .hasMessageContaining("50001 answers")
                .hasMessageContaining("at most 50000");
        assertThatThrownBy(() -> examples(2 * most, example -> 1 + example % 2))
                .isInstanceOf(InputProblem.class)
                .hasMessageContaining("100000 answers");
    }

    @Test
    void as_many_as_are_read_fit_into_the_heap() throws IOException {
        int most = ReadLimits.ANSWERS_AT_ONCE;
        PuzzleSet set = examples(2 * most, example -> example < most ? 1 : 2);
        Stream<ScoredPrediction> predictions = IntStream.range(0, 2 * most).mapToObj(example -> {
            if (example == most) {
                // All answers to the first task are held, and none to the second.
                held = used() - held;
            }
            return new ScoredPrediction(example, grid(example), 0, null);
        });
        held = used();
        var sheet = Scoring.of(set).score(predictions::iterator, VoteProtocol.ALL, output -> {});
        assertThat(held).as("bytes held").isBetween((long) most * SIDE * SIDE, MOST_BYTES);
        assertThat(sheet.outputs()).hasSize(2).allMatch(output -> output.candidates() == most);
    }

    private static Grid grid(int number) {
        return new Grid(
                SIDE,
                SIDE,
                ByteBuffer.allocate(SIDE * SIDE)
                        .putInt(number & 0x0f0f0f0f)
                        .putInt(number >> 4 & 0x0f0f0f0f)
                        .array());
    }

    /** @param identifier of an example */
    private PuzzleSet examples(int count, IntUnaryOperator identifier) throws IOException {
        Npy.writeInt32(
                folder.resolve(PuzzleSetManifest.PUZZLES),
                IntStream.range(0, count).map(identifier).toArray(),
                count);
        Path manifest = folder.resolve(PuzzleSetManifest.MANIFEST);
        Files.writeString(
                manifest,
                Files.readString(manifest).replaceFirst("\"exampleCount\"\\s*:\\s*\\d+", "\"exampleCount\":" + count));
        var imported = PuzzleSetImport.read(folder, null, folder);
        return PuzzleSet.ofFiles(imported.manifest(), imported.files()::get);
    }

    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
