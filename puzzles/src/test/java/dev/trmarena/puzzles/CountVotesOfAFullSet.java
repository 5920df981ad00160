package dev.trmarena.puzzles;

import dev.trmarena.puzzles.arc.ArcRecipe;
import dev.trmarena.puzzles.arc.ArcRecipe.SplitOrder;
import dev.trmarena.puzzles.arc.Canvas;
import dev.trmarena.puzzles.build.ArcPlan;
import dev.trmarena.puzzles.build.ArcSource;
import dev.trmarena.puzzles.build.BuildProgress;
import dev.trmarena.puzzles.build.NumpyRandom;
import dev.trmarena.puzzles.build.PlanArc;
import dev.trmarena.puzzles.build.WriteCompactSet;
import dev.trmarena.puzzles.score.ScoreSheet;
import dev.trmarena.puzzles.score.ScoredPrediction;
import dev.trmarena.puzzles.score.Scoring;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetImport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Not a test but a measurement: how long scoring the published ARC-AGI-1 set takes, and whether it fits into a heap, in the
 * worst case that every prediction is another full grid of 900 cells. After {@code mvn test-compile}, in {@code puzzles}:
 *
 * <pre>java -Xmx1g -cp "target/classes:target/test-classes:../launcher/target/lib/*" \
 *     dev.trmarena.puzzles.CountVotesOfAFullSet PATH/TO/arc</pre>
 */
final class CountVotesOfAFullSet {
    private CountVotesOfAFullSet() {}

    /** @param arguments the folder of the raw ARC tasks */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("full-set");
        long begun = System.nanoTime();
        var recipe = new ArcRecipe(
                List.of("training", "evaluation", "concept"), List.of("evaluation"), 1000, 42, SplitOrder.TRAIN_TEST);
        try (ArcSource source = ArcSource.open(Path.of(arguments[0]), "arc-agi", Map.of(), false)) {
            ArcPlan plan = PlanArc.plan(source, recipe, new NumpyRandom(42), BuildProgress.SILENT);
            WriteCompactSet.write(plan, folder);
        }
        tell("built", begun);
        begun = System.nanoTime();
        var imported = PuzzleSetImport.read(folder, null, folder);
        PuzzleSet set = PuzzleSet.ofFiles(imported.manifest(), role -> folder.resolve(role));
        tell("checked and opened", begun);
        begun = System.nanoTime();
        ScoreSheet sheet = Scoring.of(set).score(() -> predictions(set));
        tell("scored " + set.exampleCount() + " examples", begun);
        begun = System.nanoTime();
        System.out.println(sheet.metrics() + "\n" + Scoring.of(set).intervals(sheet));
        tell("intervals", begun);
        for (String file : new String[] {"manifest.json", "test_puzzles.json", "identifiers.json", "puzzles.npy"}) {
            Files.delete(folder.resolve(file));
        }
        Files.delete(folder);
    }

    /** One in a hundred is right, so that there is something to rank. */
    private static Iterator<ScoredPrediction> predictions(PuzzleSet set) {
        return IntStream.range(0, set.exampleCount())
                .mapToObj(example -> {
                    var random = new SplittableRandom(example);
                    Grid grid = random.nextInt(100) == 0 ? right(set, example) : noise(random);
                    return new ScoredPrediction(example, grid, (float) random.nextDouble(-5, 5));
                })
                .iterator();
    }

    private static Grid right(PuzzleSet set, int example) {
        int[] label = set.label(example);
        byte[] tokens = new byte[label.length];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = (byte) label[i];
        }
        return set.prediction(example, tokens);
    }

    private static Grid noise(SplittableRandom random) {
        byte[] cells = new byte[Canvas.TOKENS];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = (byte) random.nextInt(10);
        }
        return new Grid(Canvas.SIDE, Canvas.SIDE, cells);
    }

    private static void tell(String what, long begun) {
        Runtime runtime = Runtime.getRuntime();
        System.out.printf(
                Locale.ROOT,
                "%s: %.1f s, heap in use %d MB of %d MB%n",
                what,
                (System.nanoTime() - begun) / 1e9,
                (runtime.totalMemory() - runtime.freeMemory()) >> 20,
                runtime.maxMemory() >> 20);
    }
}
