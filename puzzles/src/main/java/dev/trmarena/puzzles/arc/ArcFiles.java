package dev.trmarena.puzzles.arc;

import dev.trmarena.limits.ReadLimits;
import dev.trmarena.puzzles.Findings;
import dev.trmarena.puzzles.InputProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** JSON files of ARC tasks. */
public final class ArcFiles {
    private static final String TEST_PUZZLES = "test_puzzles.json";
    private static final String REMEDY = "Upload the files as the authors' dataset builder wrote them.";

    private ArcFiles() {}

    /**
     * {@code test_puzzles.json}, in the order of the file, which is the order of scoring.
     *
     * @throws InputProblem when the file is at fault, with its first problems
     */
    public static List<ArcTask> tasks(Path file) throws IOException {
        var findings = new Findings();
        var pairs = new ReadPairs(TEST_PUZZLES, REMEDY, findings);
        var tasks = new ArrayList<ArcTask>();
        int[] pairCount = {0};
        ReadJson.fields(file, TEST_PUZZLES, ReadLimits.TASKS_BYTES, ReadLimits.TASK_VALUES, (name, task) -> {
            String place = "task " + name;
            var read = new ArcTask(
                    name,
                    // Of a set whose demonstrations nobody sent.
                    task.has("train") ? pairs.pairs(task.path("train"), place + ", train") : List.of(),
                    pairs.pairs(task.path("test"), place + ", test"));
            pairCount[0] += read.demonstrations().size() + read.tests().size();
            tasks.add(read);
            requireFew(tasks.size(), ReadLimits.TASKS, "tasks");
            requireFew(pairCount[0], ReadLimits.PAIRS, "pairs of grids");
        });
        if (tasks.isEmpty()) {
            findings.add(TEST_PUZZLES, null, "there is no task in it", REMEDY);
        }
        findings.throwIfAny();
        return tasks;
    }

    private static void requireFew(int count, int most, String what) {
        if (count > most) {
            throw new InputProblem(
                    TEST_PUZZLES, null, "it has more than " + most + " " + what, "Import it as several puzzle sets.");
        }
    }
}
