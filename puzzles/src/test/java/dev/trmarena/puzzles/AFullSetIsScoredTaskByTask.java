package dev.trmarena.puzzles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.puzzles.arc.ArcRecipe;
import dev.trmarena.puzzles.arc.ArcRecipe.SplitOrder;
import dev.trmarena.puzzles.build.ArcSource;
import dev.trmarena.puzzles.build.BuildProgress;
import dev.trmarena.puzzles.build.NumpyRandom;
import dev.trmarena.puzzles.build.PlanArc;
import dev.trmarena.puzzles.build.WriteCompactSet;
import dev.trmarena.puzzles.score.FollowedExample;
import dev.trmarena.puzzles.score.ScoredPrediction;
import dev.trmarena.puzzles.score.Scoring;
import dev.trmarena.puzzles.score.StepHistory;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetImport;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However many examples a set has: the votes of a task are let go when they are counted. The worst case is that no two agree. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AFullSetIsScoredTaskByTask {
    private static final Path DEMO =
            Path.of(System.getProperty("arena.root", "..")).resolve("demo");

    @TempDir
    Path folder;

    private final List<WeakReference<Object>> seen = new ArrayList<>();
    private int stillThere;

    @Test
    void no_more_grids_stay_than_are_shown() throws IOException {
        PuzzleSet set = open();
        Stream<ScoredPrediction> predictions = watched(set, example -> {
            var cells = new byte[] {(byte) (example % 10), (byte) (example / 10 % 10), (byte) (example / 100)};
            return new ScoredPrediction(example, new Grid(1, 3, cells), 0);
        });
        int shown = Scoring.of(set).score(predictions::iterator).outputs().stream()
                .mapToInt(output -> output.top().size())
                .sum();
        int most = shown + ofTheLastTask(set);
        assertThat(most).isLessThan(set.exampleCount() / 2);
        assertThat(stillThere).isLessThanOrEqualTo(most);
    }

    @Test
    void no_more_step_histories_stay_than_a_task_has() throws IOException {
        PuzzleSet set = open();
        Stream<FollowedExample> histories = watched(
                set, example -> new FollowedExample(example, new StepHistory(new long[] {example}, new float[] {0})));
        assertThat(Scoring.of(set).bySteps(histories::iterator, 1)).hasSize(1);
        int most = ofTheLastTask(set);
        assertThat(most).isLessThan(set.exampleCount() / 2);
        assertThat(stillThere).isLessThanOrEqualTo(most);
    }

    /** Its examples are not all seen yet when the others are looked for. */
    private static int ofTheLastTask(PuzzleSet set) {
        Integer last = set.taskOf(set.exampleCount() - 1);
        return (int) IntStream.range(0, set.exampleCount())
                .filter(example -> Objects.equals(set.taskOf(example), last))
                .count();
    }

    /** Of the demo's tasks, with so many augmentations that most of what is voted for is not shown. */
    private PuzzleSet open() throws IOException {
        var recipe = new ArcRecipe(List.of("demo"), List.of("demo"), 40, 42, SplitOrder.TRAIN_TEST);
        try (ArcSource source = ArcSource.open(DEMO.resolve("arc-style"), "", Map.of(), false)) {
            WriteCompactSet.write(PlanArc.plan(source, recipe, new NumpyRandom(42), BuildProgress.SILENT), folder);
        }
        var imported = PuzzleSetImport.read(folder, null, folder);
        return PuzzleSet.ofFiles(imported.manifest(), role -> folder.resolve(role));
    }

    /** Counts, when the last one is asked for, which of those before are still held by anybody. */
    private <T> Stream<T> watched(PuzzleSet set, IntFunction<T> of) {
        int last = set.exampleCount() - 1;
        return IntStream.rangeClosed(0, last).mapToObj(example -> {
            if (example == last) {
                System.gc();
                stillThere =
                        (int) seen.stream().filter(each -> each.get() != null).count();
            }
            T next = of.apply(example);
            seen.add(new WeakReference<>(
                    next instanceof ScoredPrediction prediction
                            ? prediction.grid()
                            : ((FollowedExample) next).stepHistory()));
            return next;
        });
    }
}
