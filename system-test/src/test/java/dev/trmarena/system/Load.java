package dev.trmarena.system;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.arena.client.ArenaApi.RequestedProtocol;
import dev.trmarena.arena.client.ArenaClient;
import dev.trmarena.arena.client.ImportPuzzles;
import dev.trmarena.arena.client.SubmitCheckpoint;
import dev.trmarena.arena.client.UploadProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.io.FileUtils;

/**
 * A checkpoint and a puzzle set of the demo, run for so many steps: more steps, more seconds. The same puzzles under another
 * name are another puzzle set, so that one checkpoint can be evaluated on them any number of times.
 *
 * @param folder of the demo
 * @param steps improvement steps of each example
 * @param units of {@value DisturbedPlatform#UNIT_EXAMPLES} examples: so many of the set's first puzzles, or {@link #ALL}
 */
record Load(String folder, int steps, int units) {
    static final int ALL = Integer.MAX_VALUE;

    /** Each some tenths of a second. */
    static final Load MANY_UNITS = sudoku(12, ALL);

    /** Each most of a second: long enough to be met in a solver's hand. */
    static final Load SLOW_UNITS = sudoku(80, 24);

    static Load sudoku(int steps, int units) {
        return new Load("sudoku-4x4", steps, units);
    }

    static Load arc(int steps) {
        return new Load("arc-style", steps, ALL);
    }

    private Path path() {
        return Platform.project().resolve("demo").resolve(folder);
    }

    Path checkpoint() {
        return path().resolve(
                        switch (folder) {
                            case "sudoku-4x4" -> "step_484";
                            case "arc-style" -> "step_17153";
                            default -> throw new IllegalArgumentException("the demo `" + folder + "`");
                        });
    }

    /** Imports the puzzles under this name, as {@code ./arena puzzles import} does; once more changes nothing. */
    void imported(ArenaClient client, String set) throws IOException, InterruptedException {
        Path dataset = path().resolve("dataset");
        if (units == ALL) {
            imported(client, set, dataset);
            return;
        }
        Path part = Files.createTempDirectory("arena-part");
        try {
            new PartOfDataset(units * DisturbedPlatform.UNIT_EXAMPLES, 1).copy(dataset, part);
            imported(client, set, part);
        } finally {
            FileUtils.deleteDirectory(part.toFile());
        }
    }

    private static void imported(ArenaClient client, String set, Path dataset)
            throws IOException, InterruptedException {
        new ImportPuzzles(client, UploadProgress.silent()).named(set, dataset, null);
    }

    /** Submits the checkpoint, as {@code ./arena submit} does. @return the evaluation, as JSON */
    JsonNode submitted(ArenaClient client, String set) throws InterruptedException {
        var known = SubmitCheckpoint.Known.of(Map.of(), new RequestedProtocol(steps, null, null, null, null));
        return Asked.tree(
                new SubmitCheckpoint(client, UploadProgress.silent()).on(set, checkpoint(), null, known, null));
    }
}
