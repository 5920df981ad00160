package dev.trmarena.puzzles.set;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trmarena.puzzles.Findings;
import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.InputProblem;
import dev.trmarena.puzzles.arc.Canvas;
import dev.trmarena.puzzles.arc.IdentifierNames;
import dev.trmarena.puzzles.npy.NpyArray;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tasks of an ARC directory that has no {@code test_puzzles.json}, as HRM's builder leaves it: test inputs and solutions are on the
 * canvases of the examples that show a task as it is. Source: {@code arc_eval.ipynb} of HRM, which scores by the same.
 */
final class TasksOfExamples {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REMEDY =
            "Put the test_puzzles.json of these tasks beside identifiers.json; ./arena puzzles build writes one.";

    /** What such a set lacks, for whoever imports it. */
    static final String WARNING =
            "there is no test_puzzles.json, as HRM's builder leaves it out: tasks and solutions are read from the"
                    + " examples that show them as they are; demonstrations are not shown, and the tasks are not known again in other sets;"
                    + " for both put the test_puzzles.json of ./arena puzzles build beside identifiers.json";

    private final NpyArray inputs;
    private final NpyArray labels;
    private final int[] identifiers;
    private final IdentifierNames names;
    private final Findings findings = new Findings();

    private TasksOfExamples(NpyArray inputs, NpyArray labels, int[] identifiers, IdentifierNames names) {
        this.inputs = inputs;
        this.labels = labels;
        this.identifiers = identifiers;
        this.names = names;
    }

    /**
     * @param inputs tokens, E×900
     * @param labels of the same shape
     * @param identifiers of the examples
     * @param names the directory's {@code identifiers.json}
     * @param out a {@code test_puzzles.json} without demonstrations
     * @throws InputProblem when an example shows no task, or a task is shown by its augmentations alone
     */
    static void write(NpyArray inputs, NpyArray labels, int[] identifiers, Path names, Path out) throws IOException {
        var used = new BitSet();
        for (int identifier : identifiers) {
            used.set(identifier);
        }
        new TasksOfExamples(inputs, labels, identifiers, IdentifierNames.read(names, used)).write(out);
    }

    private void write(Path out) throws IOException {
        Map<String, List<Integer>> shown = new LinkedHashMap<>();
        Set<String> augmented = new LinkedHashSet<>();
        for (int example = 0; example < identifiers.length; example++) {
            String task = names.task(identifiers[example]);
            if (task != null && identifiers[example] > 0) {
                if (names.ordinal(identifiers[example]) == 0) {
                    shown.computeIfAbsent(task, first -> new ArrayList<>()).add(example);
                } else {
                    augmented.add(task);
                }
            }
        }
        augmented.removeAll(shown.keySet());
        augmented.forEach(
                task -> findings.add("test", "task " + task, "no example shows it without an augmentation", REMEDY));
        if (shown.isEmpty()) {
            findings.add(
                    PuzzleSetManifest.TEST_PUZZLES, null, "it is missing, and no example has a task's name", REMEDY);
        }
        try (BufferedWriter file = Files.newBufferedWriter(out, StandardCharsets.UTF_8)) {
            String between = "{";
            for (var task : shown.entrySet()) {
                file.write(between + JSON.writeValueAsString(task.getKey()) + ":");
                file.write(JSON.writeValueAsString(task(task.getKey(), task.getValue())));
                between = ",";
            }
            file.write("}");
        }
        findings.throwIfAny();
    }

    private ObjectNode task(String name, List<Integer> examples) {
        ObjectNode task = JSON.createObjectNode();
        ArrayNode pairs = task.putArray("test");
        for (int example : examples) {
            ObjectNode pair = pairs.addObject();
            pair.set("input", grid(inputs, "input", name, example));
            pair.set("output", grid(labels, "label", name, example));
        }
        return task;
    }

    private ArrayNode grid(NpyArray canvases, String what, String task, int example) {
        byte[] tokens = new byte[Canvas.TOKENS];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = (byte) canvases.longAt((long) example * tokens.length + i);
        }
        Grid grid = Canvas.crop(tokens);
        if (grid.rows() == 0) {
            findings.add("test", "example " + example, "its " + what + " shows no grid of task " + task, REMEDY);
        }
        ArrayNode rows = JSON.createArrayNode();
        for (int r = 0; r < grid.rows(); r++) {
            ArrayNode row = rows.addArray();
            for (int c = 0; c < grid.columns(); c++) {
                row.add(grid.cell(r, c));
            }
        }
        return rows;
    }
}
