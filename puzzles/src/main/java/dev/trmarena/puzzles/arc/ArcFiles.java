package dev.trmarena.puzzles.arc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trmarena.puzzles.Findings;
import dev.trmarena.puzzles.InputProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** JSON files of ARC tasks. */
public final class ArcFiles {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
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
        for (var field : tree(file, TEST_PUZZLES).properties()) {
            JsonNode task = field.getValue();
            String place = "task " + field.getKey();
            tasks.add(new ArcTask(
                    field.getKey(),
                    pairs.pairs(task.path("train"), place + ", train"),
                    pairs.pairs(task.path("test"), place + ", test")));
        }
        if (tasks.isEmpty()) {
            findings.add(TEST_PUZZLES, null, "there is no task in it", REMEDY);
        }
        findings.throwIfAny();
        return tasks;
    }

    /**
     * A whole file; the same key twice in one object is an error.
     *
     * @param name of the file in messages
     * @throws InputProblem when it is not JSON
     */
    public static JsonNode tree(Path file, String name) throws IOException {
        try (var stream = Files.newInputStream(file)) {
            return JSON.readTree(stream);
        } catch (JsonProcessingException e) {
            throw notJson(name, e);
        }
    }

    static InputProblem notJson(String name, JsonProcessingException e) {
        String line = e.getLocation() == null
                ? "somewhere"
                : "line " + e.getLocation().getLineNr();
        String problem = String.valueOf(e.getOriginalMessage());
        boolean twice = problem.startsWith("Duplicate field");
        return new InputProblem(
                name,
                line,
                (twice ? "a name is there twice: " : "it is not JSON: ") + problem,
                twice ? "Each name must be unique; remove one." : "Write the file anew; it is damaged.");
    }
}
