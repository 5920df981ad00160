package dev.trmarena.puzzles.arc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.puzzles.InputProblem;
import dev.trmarena.puzzles.arc.ArcTask.Pair;
import dev.trmarena.puzzles.grid.Grid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The two JSON files of the authors' ARC dataset directory. */
public final class ArcFiles {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REMEDY = "Upload the files as the authors' dataset builder wrote them.";

    private ArcFiles() {}

    /** {@code test_puzzles.json}, in the order of the file, which is the order of scoring. */
    public static List<ArcTask> tasks(Path file) throws IOException {
        String name = "test_puzzles.json";
        try {
            var tasks = new ArrayList<ArcTask>();
            for (var field : JSON.readTree(file.toFile()).properties()) {
                JsonNode task = field.getValue();
                var read = new ArcTask(
                        field.getKey(),
                        pairs(task.path("train"), field.getKey() + ", train"),
                        pairs(task.path("test"), field.getKey() + ", test"));
                if (read.tests().isEmpty()) {
                    throw new InputProblem(name, "task " + field.getKey(), "it has no test input", REMEDY);
                }
                tasks.add(read);
            }
            if (tasks.isEmpty()) {
                throw new InputProblem(name, null, "there is no task in it", REMEDY);
            }
            return tasks;
        } catch (JsonProcessingException e) {
            throw new InputProblem(name, line(e), "it is not JSON: " + e.getOriginalMessage(), REMEDY);
        }
    }

    private static List<Pair> pairs(JsonNode list, String place) {
        var pairs = new ArrayList<Pair>();
        for (JsonNode pair : list) {
            String at = place + " " + pairs.size();
            pairs.add(new Pair(grid(pair.path("input"), at + ", input"), grid(pair.path("output"), at + ", output")));
        }
        return pairs;
    }

    private static Grid grid(JsonNode node, String place) {
        try {
            int[][] rows = JSON.treeToValue(node, int[][].class);
            if (rows == null || rows.length == 0 || rows.length > Canvas.SIDE || rows[0].length > Canvas.SIDE) {
                throw new IllegalArgumentException("a grid has 1 to 30 rows and columns");
            }
            Grid grid = Grid.ofRows(rows);
            for (byte cell : grid.cells()) {
                if (cell < 0 || cell > 9) {
                    throw new IllegalArgumentException("colour " + cell + "; colours are 0 to 9");
                }
            }
            return grid;
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new InputProblem("test_puzzles.json", "task " + place, String.valueOf(e.getMessage()), REMEDY);
        }
    }

    /**
     * {@code identifiers.json}: the name of each row of the puzzle embedding. Of hundreds of thousands only the wanted ones
     * are kept.
     */
    public static Map<Integer, String> names(Path file, BitSet wanted) throws IOException {
        String name = "identifiers.json";
        var names = new HashMap<Integer, String>();
        try (JsonParser parser = JSON.createParser(file.toFile())) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new InputProblem(name, null, "it is not a list of names", REMEDY);
            }
            int index = 0;
            for (;
                    parser.nextToken() == JsonToken.VALUE_STRING || parser.currentToken() == JsonToken.VALUE_NULL;
                    index++) {
                if (wanted.get(index) && parser.currentToken() == JsonToken.VALUE_STRING) {
                    names.put(index, parser.getText());
                }
            }
            if (wanted.length() > index) {
                throw new InputProblem(
                        name,
                        null,
                        "it has " + index + " names, the examples refer to number " + (wanted.length() - 1),
                        REMEDY);
            }
            return names;
        } catch (JsonProcessingException e) {
            throw new InputProblem(name, line(e), "it is not JSON: " + e.getOriginalMessage(), REMEDY);
        }
    }

    private static String line(JsonProcessingException e) {
        return e.getLocation() == null ? "somewhere" : "line " + e.getLocation().getLineNr();
    }
}
