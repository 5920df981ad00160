package dev.trmarena.puzzles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.puzzles.grid.Grid;
import dev.trmarena.puzzles.score.ScoreByStep;
import dev.trmarena.puzzles.score.ScoredPrediction;
import dev.trmarena.puzzles.score.Scoring;
import dev.trmarena.puzzles.score.Trail;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetImport;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    void no_more_grids_stay_than_are_shown() {
        PuzzleSet set = open();
        Stream<ScoredPrediction> predictions = watched(set, example -> {
            var cells = new byte[] {(byte) (example % 10), (byte) (example / 10 % 10), (byte) (example / 100)};
            return new ScoredPrediction(example, new Grid(1, 3, cells), 0);
        });
        int shown = Scoring.score(set, predictions::iterator).outputs().stream()
                .mapToInt(output -> output.top().size())
                .sum();
        assertThat(shown).isLessThan(set.exampleCount() / 2);
        assertThat(stillThere).isLessThanOrEqualTo(shown);
    }

    @Test
    void no_more_trails_stay_than_a_task_has() {
        PuzzleSet set = open();
        Stream<ScoreByStep.Followed> trails = watched(
                set, example -> new ScoreByStep.Followed(example, new Trail(new long[] {example}, new float[] {0})));
        assertThat(ScoreByStep.of(set, trails::iterator, 1)).hasSize(1);
        int last = Objects.requireNonNull(set.taskOf(set.exampleCount() - 1));
        long ofTheLast = IntStream.range(0, set.exampleCount())
                .filter(example -> Objects.equals(set.taskOf(example), last))
                .count();
        assertThat(ofTheLast).isLessThan(set.exampleCount() / 2);
        assertThat(stillThere).isLessThanOrEqualTo((int) ofTheLast);
    }

    private PuzzleSet open() {
        var imported = PuzzleSetImport.read(DEMO.resolve("arc-style/dataset"), null, folder);
        return PuzzleSet.ofFiles(imported.manifest(), role -> imported.files().get(role));
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
                            : ((ScoreByStep.Followed) next).trail()));
            return next;
        });
    }
}
