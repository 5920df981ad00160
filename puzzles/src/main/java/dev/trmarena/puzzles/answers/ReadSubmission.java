package dev.trmarena.puzzles.answers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.limits.ReadLimits;
import dev.trmarena.puzzles.arc.ReadJson;
import java.io.IOException;
import java.nio.file.Path;

/**
 * {@code submission.json} as Kaggle takes it: <code>{task: [{attempt_1, attempt_2}, …]}</code>, an object a test output. Where attempts
 * are objects and not grids, it is a folder of results in one file, see {@link PackResults}.
 */
final class ReadSubmission {
    private final ArcAnswers answers;
    private final ReadResultFolder results;
    private final String name;

    ReadSubmission(String name, ArcAnswers answers, ReadResultFolder results) {
        this.name = name;
        this.answers = answers;
        this.results = results;
    }

    void read(Path file) throws IOException {
        ReadJson.fields(file, name, ReadLimits.ANSWERS_BYTES, ReadLimits.TASK_VALUES, this::task);
    }

    private void task(String taskName, JsonNode outputs) {
        Integer task = answers.task(taskName);
        if (task == null) {
            return;
        }
        String place = "task " + taskName;
        if (!outputs.isArray()) {
            answers.wrong(name, place, "it is no list with an object for each test output");
            return;
        }
        if (isOfResults(outputs)) {
            results.task(name, place + ", ", task, taskName, outputs);
            return;
        }
        if (outputs.size() > answers.outputs(task)) {
            answers.wrong(
                    name,
                    place,
                    "it answers " + outputs.size() + " test outputs, the task has " + answers.outputs(task));
        }
        for (int output = 0; output < Math.min(outputs.size(), answers.outputs(task)); output++) {
            answers.place(name, place + ", output " + output, task, output, outputs.get(output), attempt -> attempt);
        }
    }

    private static boolean isOfResults(JsonNode outputs) {
        for (JsonNode attempts : outputs) {
            for (JsonNode attempt : attempts) {
                if (attempt.isObject()) {
                    return true;
                }
            }
        }
        return false;
    }
}
