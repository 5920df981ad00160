package dev.trmarena.puzzles.answers;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trmarena.puzzles.InputProblem;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A folder of results, a JSON a task, as one JSON for the way: <code>{task: [{attempt_1: {answer, metadata}, …}, …]}</code>, the tasks by
 * their names, without transcripts. The same folder makes the same bytes.
 */
public final class PackResults {
    private static final JsonMapper JSON = new JsonMapper();

    private PackResults() {}

    /** @throws InputProblem when it is no such folder, or a file of it cannot be read */
    public static void pack(Path folder, Path file) throws IOException {
        try (JsonGenerator out = JSON.createGenerator(file.toFile(), JsonEncoding.UTF8)) {
            out.writeStartObject();
            for (Path one : ReadResultFolder.files(folder)) {
                String name = String.valueOf(one.getFileName());
                out.writeFieldName(ReadResultFolder.taskName(name));
                JSON.writeTree(out, ReadResultFolder.tree(one, name));
            }
            out.writeEndObject();
        }
    }
}
