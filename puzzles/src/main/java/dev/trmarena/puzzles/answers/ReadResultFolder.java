package dev.trmarena.puzzles.answers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.limits.ReadLimits;
import dev.trmarena.puzzles.InputProblem;
import dev.trmarena.puzzles.arc.ReadJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of results as arc-agi-benchmarking of ARC Prize writes it: a JSON a task, {@code TASK.json}, a list with an object a test
 * output, in it {@code attempt_1} and {@code attempt_2}, each with its {@code answer} and {@code metadata}. Which test output an object
 * answers is said by {@code pair_index} of its attempts, and by its place where none says it. What the folder says of being {@code
 * correct} is not looked at. Source: {@code schemas.py} and {@code scoring.py} of arcprize/arc-agi-benchmarking.
 */
final class ReadResultFolder {
    /** What its own scoring writes beside the answers. */
    private static final String SCORES = "results.json";

    /** Transcripts, which may have megabytes, and whatever else is not looked at. */
    private static final Set<String> READ = Set.of(
            "answer",
            "metadata",
            "pair_index",
            "task_id",
            "cost",
            "total_cost",
            "usage",
            "total_tokens",
            "start_timestamp",
            "end_timestamp");

    private final ArcAnswers answers;
    private double dollars;
    private long tokens;
    private double seconds;
    private int withDollars;
    private int withTokens;
    private int withSeconds;
    private int costed;

    ReadResultFolder(ArcAnswers answers) {
        this.answers = answers;
    }

    /** @return what the answers took; null when they say nothing of it */
    @Nullable
    AnswerCost read(Path folder) throws IOException {
        for (Path file : files(folder)) {
            read(file, String.valueOf(file.getFileName()));
        }
        return cost();
    }

    /** Those with the answers to a task, by their names. @throws InputProblem when there is none, or more than are read */
    static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            all.filter(file -> isOfATask(String.valueOf(file.getFileName())) && Files.isRegularFile(file))
                    .sorted()
                    .limit(ReadLimits.TASKS + 1L)
                    .forEach(files::add);
        }
        if (files.isEmpty() || files.size() > ReadLimits.TASKS) {
            throw new InputProblem(
                    String.valueOf(folder.getFileName()),
                    null,
                    files.isEmpty()
                            ? "there is no JSON file in it"
                            : "it has more than " + ReadLimits.TASKS + " JSON files",
                    "Name the folder that holds one JSON file a task.");
        }
        return files;
    }

    /** What the answers took that were read so far; null when they say nothing of it. */
    @Nullable
    AnswerCost cost() {
        return costed == 0
                ? null
                : new AnswerCost(
                        costed,
                        withDollars == 0 ? null : dollars,
                        withTokens == 0 ? null : tokens,
                        withSeconds == 0 ? null : seconds);
    }

    static String taskName(String fileName) {
        return fileName.substring(0, fileName.lastIndexOf(".json"));
    }

    /** The answers to a task, without what nobody looks at. */
    static JsonNode tree(Path file, String name) throws IOException {
        return ReadJson.tree(
                file,
                name,
                ReadLimits.ANSWERS_BYTES,
                ReadLimits.TASK_VALUES,
                key -> READ.contains(key) || isAttempt(key));
    }

    private static boolean isOfATask(String name) {
        return (name.endsWith(".json") || name.endsWith(".json.gz")) && !name.startsWith(".") && !name.equals(SCORES);
    }

    private void read(Path file, String name) throws IOException {
        String taskName = taskName(name);
        Integer task = answers.task(taskName);
        if (task == null) {
            return;
        }
        JsonNode objects = tree(file, name);
        if (!objects.isArray()) {
            answers.wrong(name, null, "it is no list with an object for each test output");
            return;
        }
        task(name, "", task, taskName, objects);
    }

    /**
     * The answers to a task.
     *
     * @param within where in the file they stand, in front of a place; empty where it is all of it
     */
    void task(String name, String within, int task, String taskName, JsonNode objects) {
        costed += anyCost(objects) ? 1 : 0;
        for (int i = 0; i < objects.size(); i++) {
            String place = within + "object " + i;
            JsonNode attempts = objects.get(i);
            Integer output = output(name, place, taskName, attempts, i);
            if (output == null) {
                continue;
            }
            if (output < 0 || output >= answers.outputs(task)) {
                answers.wrong(
                        name,
                        place,
                        "it answers test output " + output + ", the task has " + answers.outputs(task)
                                + ", counted from 0");
                continue;
            }
            answers.place(name, place, task, output, attempts, attempt -> attempt.get("answer"));
        }
    }

    /** Keys that are no attempts are kept where attempts are expected, so that they can be told of. */
    private static boolean isAttempt(String key) {
        return key.startsWith("attempt");
    }

    /** @return the test output that an object answers; null when its attempts do not agree, which is noted */
    private @Nullable Integer output(String file, String place, String taskName, JsonNode attempts, int at) {
        Integer said = null;
        for (JsonNode attempt : attempts) {
            JsonNode metadata = attempt.path("metadata");
            String named = metadata.path("task_id").asText(taskName);
            JsonNode index = metadata.path("pair_index");
            if (!named.equals(taskName)) {
                answers.wrong(file, place, "it answers another task than the file is named after");
                return null;
            }
            if (index.isMissingNode() || index.isNull()) {
                continue;
            }
            if (!index.isInt() || said != null && said != index.intValue()) {
                answers.wrong(file, place, "its attempts do not name one test output: see pair_index");
                return null;
            }
            said = index.intValue();
        }
        return said == null ? Integer.valueOf(at) : said;
    }

    private boolean anyCost(JsonNode objects) {
        boolean any = false;
        for (JsonNode attempts : objects) {
            for (JsonNode attempt : attempts) {
                any |= addCost(attempt.path("metadata"));
            }
        }
        return any;
    }

    private boolean addCost(JsonNode metadata) {
        JsonNode paid = metadata.path("cost").path("total_cost");
        JsonNode used = metadata.path("usage").path("total_tokens");
        Double took = seconds(metadata);
        if (paid.isNumber() && Double.isFinite(paid.doubleValue()) && paid.doubleValue() >= 0) {
            dollars += paid.doubleValue();
            withDollars++;
        }
        if (used.canConvertToLong() && used.isIntegralNumber() && used.longValue() >= 0) {
            tokens += used.longValue();
            withTokens++;
        }
        if (took != null) {
            seconds += took;
            withSeconds++;
        }
        return paid.isNumber() || used.isNumber() || took != null;
    }

    private static @Nullable Double seconds(JsonNode metadata) {
        OffsetDateTime start = time(metadata.path("start_timestamp").asText(""));
        OffsetDateTime end = time(metadata.path("end_timestamp").asText(""));
        return start == null || end == null || end.isBefore(start)
                ? null
                : Double.valueOf(Duration.between(start, end).toNanos() / 1e9);
    }

    /** As Python writes it, with a zone or without. */
    private static @Nullable OffsetDateTime time(String text) {
        try {
            TemporalAccessor time = DateTimeFormatter.ISO_DATE_TIME.parseBest(
                    text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
            return time instanceof OffsetDateTime with ? with : ((LocalDateTime) time).atOffset(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
