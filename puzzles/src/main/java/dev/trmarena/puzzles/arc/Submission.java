package dev.trmarena.puzzles.arc;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trmarena.puzzles.Grid;
import java.util.List;

/**
 * {@code submission.json} in the Kaggle format: every task, every test output, two attempts; the first again where there is
 * only one candidate, {@code [[0]]} where there is none or where nothing usable was predicted: a grid of no rows is refused
 * there.
 */
public final class Submission {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Grid NOTHING = new Grid(1, 1, new byte[1]);

    private final ObjectNode root = JSON.createObjectNode();
    private final boolean asAuthors;

    /** @param asAuthors leave out test outputs without predictions, as the authors' evaluator does; lists get short */
    public Submission(boolean asAuthors) {
        this.asAuthors = asAuthors;
    }

    /** Adds the next test output of a task. @param candidates in rank order */
    public void add(String task, List<Grid> candidates) {
        ArrayNode outputs = root.withArray("/" + task.replace("~", "~0").replace("/", "~1"));
        if (candidates.isEmpty() && asAuthors) {
            return;
        }
        Grid first = candidates.isEmpty() ? NOTHING : candidates.get(0);
        Grid second = candidates.size() < 2 ? first : candidates.get(1);
        ObjectNode attempts = outputs.addObject();
        attempts.set("attempt_1", rows(sound(first)));
        attempts.set("attempt_2", rows(sound(second)));
    }

    private Grid sound(Grid grid) {
        return grid.rows() == 0 && !asAuthors ? NOTHING : grid;
    }

    /** A grid of no rows prints as {@code []}. */
    private static ArrayNode rows(Grid grid) {
        return JSON.valueToTree(grid.toRows());
    }

    public byte[] toJson() {
        return root.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
