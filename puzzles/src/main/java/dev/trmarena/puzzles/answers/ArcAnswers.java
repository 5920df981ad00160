package dev.trmarena.puzzles.answers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.limits.Quote;
import dev.trmarena.puzzles.Findings;
import dev.trmarena.puzzles.Grid;
import dev.trmarena.puzzles.InputProblem;
import dev.trmarena.puzzles.arc.ArcTask;
import dev.trmarena.puzzles.arc.ReadPairs;
import dev.trmarena.puzzles.score.AttemptScoring;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The answers to the tasks of an ARC set while they are read, whatever their form. */
final class ArcAnswers implements AttemptScoring.Attempts {
    static final String REMEDY = "Correct it, or have what is no answer counted as wrong: --lenient.";

    private static final Pattern ATTEMPT = Pattern.compile("attempt_([1-9][0-9]{0,8})");
    private static final int TOLD = 10;

    private final Findings findings = new Findings();
    private final boolean lenient;
    private final List<ArcTask> tasks;
    private final Map<String, Integer> taskOfName = new HashMap<>();
    /** Of each test output: null where nothing is said of it; its attempts, null where one is empty. */
    private final @Nullable Grid[] @Nullable [][] answers;

    private final List<String> firstUnknown = new ArrayList<>();
    private int unknown;
    private int unreadable;
    private int notCounted;

    ArcAnswers(List<ArcTask> tasks, boolean lenient) {
        this.tasks = tasks;
        this.lenient = lenient;
        this.answers = new Grid[tasks.size()][][];
        for (int task = 0; task < tasks.size(); task++) {
            taskOfName.put(tasks.get(task).name(), task);
            answers[task] = new Grid[tasks.get(task).tests().size()][];
        }
    }

    /** The task of this name; null, which is noted, when the set has none. */
    @Nullable
    Integer task(String name) {
        Integer task = taskOfName.get(name);
        if (task == null) {
            unknown++;
            if (firstUnknown.size() < TOLD) {
                firstUnknown.add(Quote.of(name));
            }
        }
        return task;
    }

    int outputs(int task) {
        return tasks.get(task).tests().size();
    }

    /** Notes what is wrong, or, where that was asked for, counts it as a wrong answer. */
    void wrong(String file, @Nullable String place, String problem) {
        if (lenient) {
            unreadable++;
        } else {
            findings.add(file, place, problem, REMEDY);
        }
    }

    /** What is left of the attempts at a test output: those that are called {@code attempt_N}, by their number. */
    interface GridOf {
        /** @return the grid of an attempt; null or a JSON null when there is none */
        @Nullable
        JsonNode of(JsonNode attempt);
    }

    /**
     * The attempts at one test output.
     *
     * @param place of them, for messages
     * @param attempts an object with {@code attempt_1}, {@code attempt_2}
     */
    void place(String file, String place, int task, int output, JsonNode attempts, GridOf grids) {
        if (answers[task][output] != null) {
            wrong(file, place, "this test output is answered twice");
            return;
        }
        var read = new @Nullable Grid[AttemptScoring.ATTEMPTS];
        answers[task][output] = read;
        if (!attempts.isObject()) {
            wrong(file, place, "it is no object of attempts");
            return;
        }
        for (var field : attempts.properties()) {
            Matcher name = ATTEMPT.matcher(field.getKey());
            if (!name.matches()) {
                wrong(
                        file,
                        place,
                        "'" + Quote.of(field.getKey()) + "' is no attempt; they are called attempt_1 and attempt_2");
                continue;
            }
            int number = Integer.parseInt(name.group(1));
            if (number > read.length) {
                notCounted++;
            } else {
                read[number - 1] = grid(file, place + ", " + field.getKey(), grids.of(field.getValue()));
            }
        }
    }

    private @Nullable Grid grid(String file, String place, @Nullable JsonNode node) {
        if (node == null || node.isNull() || node.isMissingNode() || node.isArray() && node.isEmpty()) {
            return null;
        }
        Findings noted = lenient ? new Findings() : findings;
        int before = noted.count();
        Grid grid = new ReadPairs(file, REMEDY, noted).grid(node, place);
        boolean sound = noted.count() == before;
        unreadable += lenient && !sound ? 1 : 0;
        return sound ? grid : null;
    }

    /** @throws InputProblem when anything is wrong, or none of the tasks is in the set */
    void requireSound(String file) {
        findings.throwIfAny();
        if (Arrays.stream(answers).flatMap(Arrays::stream).allMatch(output -> output == null)) {
            throw new InputProblem(
                    file,
                    null,
                    unknown == 0
                            ? "it answers nothing"
                            : "none of its " + unknown + " tasks is in the puzzle set: "
                                    + String.join(", ", firstUnknown),
                    "Name the puzzle set that was answered.");
        }
    }

    @Override
    public List<@Nullable Grid> at(int task, int output) {
        Grid[] attempts = answers[task][output];
        return attempts == null ? List.of() : Arrays.asList(attempts);
    }

    AnswersReport report(@Nullable AnswerCost cost) {
        int outputs = 0;
        int missing = 0;
        int unanswered = 0;
        for (Grid[][] ofTask : answers) {
            for (Grid[] attempts : ofTask) {
                outputs++;
                missing += attempts == null ? 1 : 0;
                unanswered += attempts != null && Arrays.stream(attempts).allMatch(grid -> grid == null) ? 1 : 0;
            }
        }
        return new AnswersReport(outputs, missing, unanswered, unreadable, notCounted, unknown, firstUnknown, cost);
    }
}
