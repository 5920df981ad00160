package dev.trmarena.puzzles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.limits.ReadLimits;
import dev.trmarena.puzzles.arc.ArcRecipe;
import dev.trmarena.puzzles.arc.ArcRecipe.SplitOrder;
import dev.trmarena.puzzles.build.ArcSource;
import dev.trmarena.puzzles.build.BuildProgress;
import dev.trmarena.puzzles.build.NumpyRandom;
import dev.trmarena.puzzles.build.PlanArc;
import dev.trmarena.puzzles.build.WriteCompactSet;
import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.score.FollowedExample;
import dev.trmarena.puzzles.score.ScoreSheet;
import dev.trmarena.puzzles.score.ScoredPrediction;
import dev.trmarena.puzzles.score.Scoring;
import dev.trmarena.puzzles.score.StepHistory;
import dev.trmarena.puzzles.score.StepScore;
import dev.trmarena.puzzles.score.VoteProtocol;
import dev.trmarena.puzzles.set.PuzzleKind;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetImport;
import dev.trmarena.puzzles.set.PuzzleSetManifest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of every puzzle, and of every task and step, takes bytes and not objects. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LargeSetsAreScoredInASmallHeap {
    /** Ten bytes a puzzle; the heap of the service that scores has 512 MB. */
    private static final long MOST_OF_PUZZLES = 10L * ReadLimits.EXAMPLES;

    private static final int TASKS = 300;
    private static final int STEPS = ReadLimits.REPEATS;

    /** A byte a test output and step, and what a task or two take; the answers of all of them have 3.6 MB. */
    private static final long MOST_OF_STEPS = 2 << 20;

    @TempDir
    Path folder;

    private long stillThere;

    @Test
    void as_many_puzzles_as_are_read() throws IOException {
        Scoring scoring = Scoring.of(onlyZeros());
        var right = new Grid(1, 1, new byte[1]);
        var wrong = new Grid(1, 1, new byte[] {1});
        Stream<ScoredPrediction> predictions = IntStream.range(0, ReadLimits.EXAMPLES)
                .mapToObj(example -> new ScoredPrediction(example, example % 4 == 0 ? wrong : right, 0, null));
        long before = held();
        ScoreSheet sheet = scoring.score(predictions::iterator, VoteProtocol.ALL, output -> {});
        assertThat(held() - before).as("bytes held").isLessThan(MOST_OF_PUZZLES);
        assertThat(sheet.metrics()).containsEntry("exact_accuracy", 0.75);
        assertThat(scoring.intervals(sheet)).containsKey("exact_accuracy");
        assertThat(sheet.outputs()).hasSize(ReadLimits.EXAMPLES);
        var last = sheet.outputs().get(ReadLimits.EXAMPLES - 1);
        assertThat(last.task()).isEqualTo(ReadLimits.EXAMPLES - 1);
        assertThat(last.solutionRank()).isEqualTo(1);
        assertThat(sheet.outputs().get(4).solutionRank()).isNull();
        assertThat(sheet.outputs().get(4).wrongCells()).isEqualTo(1);
    }

    private PuzzleSet onlyZeros() throws IOException {
        int puzzles = ReadLimits.EXAMPLES;
        for (String role : List.of(PuzzleSetManifest.INPUTS, PuzzleSetManifest.LABELS)) {
            Npy.writeUint8(folder.resolve(role), new byte[puzzles], puzzles, 1);
        }
        Npy.writeInt32(folder.resolve(PuzzleSetManifest.PUZZLE_IDENTIFIERS), new int[puzzles], puzzles);
        return PuzzleSet.ofFiles(
                PuzzleSetManifest.stored(PuzzleKind.SEQUENCE, 1, 3, 1, null, puzzles, puzzles, 1), folder::resolve);
    }

    /** Right with the last step, in three of four tasks. */
    @Test
    void as_many_steps_as_there_may_be() throws IOException {
        PuzzleSet set = tasks();
        Stream<FollowedExample> followed = IntStream.range(0, set.exampleCount())
                .mapToObj(example -> {
                    if (example == set.exampleCount() - 1) {
                        stillThere = held() - stillThere;
                    }
                    return new FollowedExample(example, history(set, example));
                });
        stillThere = held();
        List<StepScore> scores = Scoring.of(set).bySteps(followed::iterator, STEPS);
        assertThat(stillThere).as("bytes held").isLessThan(MOST_OF_STEPS);
        assertThat(scores).hasSize(STEPS);
        assertThat(scores.get(STEPS - 2).metrics()).containsEntry("pass@2", 0.0);
        StepScore last = scores.get(STEPS - 1);
        assertThat(last.metrics()).containsEntry("pass@2", 0.75);
        assertThat(last.interval().low()).isBetween(0.6, 0.75);
        assertThat(last.interval().high()).isBetween(0.75, 0.9);
    }

    private static StepHistory history(PuzzleSet set, int example) {
        var answers = new long[STEPS];
        Arrays.fill(answers, 1);
        if (example % 4 > 0) {
            answers[STEPS - 1] = solved(set, example);
        }
        return new StepHistory(answers, new float[STEPS]);
    }

    private static long solved(PuzzleSet set, int example) {
        int[] label = set.label(example);
        byte[] tokens = new byte[label.length];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = (byte) label[i];
        }
        return StepHistory.answer(set, example, tokens);
    }

    private PuzzleSet tasks() throws IOException {
        Path raw = Files.createDirectories(folder.resolve("raw"));
        Files.writeString(
                raw.resolve("many_challenges.json"),
                each("{\"train\":[{\"input\":[[1]],\"output\":[[2]]}],\"test\":[{\"input\":%s}]}"));
        Files.writeString(raw.resolve("many_solutions.json"), each("[%s]"));
        var recipe = new ArcRecipe(List.of("many"), List.of("many"), 0, 42, SplitOrder.TRAIN_TEST);
        try (ArcSource source = ArcSource.open(raw, "", Map.of(), false)) {
            WriteCompactSet.write(PlanArc.plan(source, recipe, new NumpyRandom(42), BuildProgress.SILENT), folder);
        }
        var imported = PuzzleSetImport.read(folder, null, folder);
        return PuzzleSet.ofFiles(imported.manifest(), folder::resolve);
    }

    private static String each(String task) {
        return IntStream.range(0, TASKS)
                .mapToObj(i -> {
                    String grid = String.format(Locale.ROOT, "[[%d,%d,%d]]", i / 100, i / 10 % 10, i % 10);
                    return String.format(Locale.ROOT, "\"%04d\":" + task, i, grid);
                })
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static long held() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
