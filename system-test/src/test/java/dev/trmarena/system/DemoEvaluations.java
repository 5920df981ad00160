package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.arena.client.ArenaClient;
import dev.trmarena.arena.client.WatchEvaluation;
import dev.trmarena.messages.EvaluationState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;

/**
 * What the demo's checkpoints come to on a platform: ids of evaluations, one of each kind that a page has to show.
 *
 * @param arc of the ARC-style set, run twice, and once more halting early
 * @param arcFewerCycles of the same checkpoint with fewer cycles of the network
 * @param paused queued, and not run until it is resumed
 */
record DemoEvaluations(
        String arc, String arcFewerCycles, String sudoku, String sudokuFewerCycles, String cancelled, String paused) {
    static final String ARC_SET = "arc-style";
    static final String SUDOKU_SET = "sudoku-9x9";
    private static final String SMALL_SET = "sudoku-4x4";

    private static final Path DEMO = Platform.project().resolve("demo");
    private static final String ARC_CHECKPOINT = "step_17153";
    private static final String SUDOKU_CHECKPOINT = "step_1656";

    /** So many that it is still under way long after. */
    private static final String MANY_STEPS = "1024";

    /** Imports the demo's sets under their own names, the ARC-style one in part, and runs its checkpoints on them. */
    static DemoEvaluations on(Platform platform) throws Exception {
        importArcSet(platform);
        imported(platform, SMALL_SET, DEMO.resolve(SMALL_SET).resolve("dataset"));
        imported(platform, SUDOKU_SET, DEMO.resolve(SUDOKU_SET).resolve("test.csv"));
        var started = new ArrayList<String>();
        String arc = started(started, platform, ARC_SET, ARC_CHECKPOINT, "demo-trm");
        String arcFewer = started(started, platform, ARC_SET, ARC_CHECKPOINT, "two-high-cycles", "--set", "H_cycles=2");
        started(started, platform, ARC_SET, ARC_CHECKPOINT, "one-low-cycle", "--set", "L_cycles=1");
        started(started, platform, ARC_SET, ARC_CHECKPOINT, "demo-trm", "--again");
        started(started, platform, ARC_SET, ARC_CHECKPOINT, "demo-trm", "--early");
        String sudoku = started(started, platform, SUDOKU_SET, SUDOKU_CHECKPOINT, "demo-trm");
        String sudokuFewer =
                started(started, platform, SUDOKU_SET, SUDOKU_CHECKPOINT, "two-high-cycles", "--set", "H_cycles=2");
        started(started, platform, SMALL_SET, "step_484", "demo-trm");
        String cancelled = submitted(platform, SUDOKU_SET, SUDOKU_CHECKPOINT, "taken-back", "--steps", MANY_STEPS);
        succeeded(platform.run("cancel", cancelled));
        String paused = submitted(platform, SMALL_SET, "step_484", "can-wait", "--steps", MANY_STEPS);
        succeeded(platform.run("pause", paused));
        var watch = new WatchEvaluation(new ArenaClient(platform.url(), null));
        for (String id : started) {
            assertThat(watch.until(id, state -> {}).value().state()).isEqualTo(EvaluationState.FINISHED);
        }
        return new DemoEvaluations(arc, arcFewer, sudoku, sudokuFewer, cancelled, paused);
    }

    /** @return one more, which is under way from now on and keeps the solvers busy */
    static String underWay(Platform platform) throws Exception {
        return submitted(platform, SUDOKU_SET, SUDOKU_CHECKPOINT, "under-way", "--steps", MANY_STEPS);
    }

    /** @return the address of every page of the product by a name for it */
    Map<String, String> pages() {
        var pages = new LinkedHashMap<String, String>();
        pages.put("overview", "/");
        pages.put("board-arc", "/sets/" + ARC_SET);
        pages.put("board-sudoku", "/sets/" + SUDOKU_SET);
        pages.put("tasks-arc", "/sets/" + ARC_SET + "/tasks");
        pages.put("tasks-sudoku", "/sets/" + SUDOKU_SET + "/tasks");
        pages.put("set-task-sudoku", "/sets/" + SUDOKU_SET + "/tasks/1");
        pages.put("evaluation-arc", evaluation(arc));
        pages.put("evaluation-sudoku", evaluation(sudoku));
        pages.put("evaluation-paused", evaluation(paused));
        pages.put("evaluation-cancelled", evaluation(cancelled));
        pages.put("task-arc", task(arc, 0));
        pages.put("task-sudoku", task(sudoku, 0));
        pages.put("compare", "/compare?e=" + arc + "," + arcFewerCycles);
        pages.put("model", "/models/demo-trm");
        pages.put("model-same-weights", "/models/two-high-cycles");
        pages.put("submit", "/submit");
        pages.put("new-answers", "/submit/answers");
        pages.put("new-set", "/puzzle-sets/new");
        pages.put("operations", "/operations");
        pages.put("evaluations", "/evaluations");
        pages.put("models", "/models");
        pages.put("sets", "/sets");
        pages.put("how-to-read", "/how-to-read");
        pages.put("mine", "/mine");
        pages.put("docs", "/docs");
        pages.put("unknown", Visit.NOWHERE);
        return pages;
    }

    static String evaluation(String id) {
        return "/evaluations/" + id;
    }

    static String task(String evaluation, int index) {
        return evaluation(evaluation) + "/tasks/" + index;
    }

    /** Every task in a few of its augmentations: what the pages show is all there, after a third of the time. */
    private static void importArcSet(Platform platform) throws Exception {
        Path part = Files.createTempDirectory("arena-part");
        try {
            new PartOfDataset(Load.ALL, 3).copy(DEMO.resolve(ARC_SET).resolve("dataset"), part);
            imported(platform, ARC_SET, part);
        } finally {
            FileUtils.deleteDirectory(part.toFile());
        }
    }

    private static void imported(Platform platform, String set, Path puzzles) throws Exception {
        succeeded(platform.run("puzzles", "import", set, puzzles.toString()));
    }

    private static String started(
            List<String> ids, Platform platform, String set, String checkpoint, String model, String... options)
            throws Exception {
        String id = submitted(platform, set, checkpoint, model, options);
        ids.add(id);
        return id;
    }

    private static String submitted(Platform platform, String set, String checkpoint, String model, String... options)
            throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "submit",
                DEMO.resolve(set).resolve(checkpoint).toString(),
                "--puzzles",
                set,
                "--model",
                model,
                "--json"));
        command.addAll(List.of(options));
        return succeeded(platform.run(command.toArray(String[]::new)))
                .json()
                .path("id")
                .asText();
    }

    private static Arena.Result succeeded(Arena.Result result) {
        assertThat(result.exit()).as(result.out() + result.err()).isZero();
        return result;
    }
}
