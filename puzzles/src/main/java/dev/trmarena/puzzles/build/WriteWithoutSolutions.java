package dev.trmarena.puzzles.build;

import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.arc.ArcTask;
import dev.trmarena.puzzles.arc.ArcTask.Pair;
import dev.trmarena.puzzles.set.ArcSet;
import dev.trmarena.puzzles.set.PuzzleSetManifest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A copy of an ARC set that holds everything but the test outputs, in the form of a set whose solutions are hidden: a grid of one 0 stands
 * for each, and there are no labels. Examples, tasks and identifiers are the same, so whoever solves needs nothing else.
 */
public final class WriteWithoutSolutions {
    private static final Grid HIDDEN = new Grid(1, 1, new byte[] {0});

    private WriteWithoutSolutions() {}

    /** The {@code test_puzzles.json} of the copy: demonstrations as they are, test inputs with hidden outputs. */
    public static void tasks(ArcSet set, OutputStream out) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.US_ASCII);
        for (int task = 0; task < set.taskCount(); task++) {
            List<Pair> tests = new ArrayList<>();
            for (int output = 0; output < set.outputCount(task); output++) {
                tests.add(new Pair(set.taskInput(task, output), HIDDEN));
            }
            writer.write((task == 0 ? "{" : ", ") + PythonJson.text(set.taskName(task)) + ": ");
            writer.write(WriteArcNames.task(new ArcTask(set.taskName(task), set.demonstrations(task), tests), false));
        }
        writer.write("}");
        writer.flush();
    }

    /**
     * The manifest of the copy, which names {@link #tasks} and no labels.
     *
     * @param tasks SHA-256 of these
     */
    public static PuzzleSetManifest manifest(PuzzleSetManifest set, String tasks) {
        Map<String, String> artifacts = new TreeMap<>(set.artifacts());
        artifacts.remove(PuzzleSetManifest.LABELS);
        artifacts.put(PuzzleSetManifest.TEST_PUZZLES, tasks);
        return new PuzzleSetManifest(
                set.kind(),
                set.seqLen(),
                set.vocabSize(),
                set.identifierCount(),
                set.ignoreLabel(),
                set.exampleCount(),
                set.taskCount(),
                set.side(),
                artifacts,
                set.recipe(),
                true);
    }
}
