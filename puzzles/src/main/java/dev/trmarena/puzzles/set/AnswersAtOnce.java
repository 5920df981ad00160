package dev.trmarena.puzzles.set;

import dev.trmarena.limits.ReadLimits;
import dev.trmarena.puzzles.InputProblem;
import java.util.HashMap;
import java.util.Map;

/**
 * How many answers to an ARC set are held at a time while their votes are counted: those to a task, until another one begins behind
 * its last example. Where the examples of tasks lie in between each other, those to all of these.
 */
public final class AnswersAtOnce {
    private AnswersAtOnce() {}

    /** @return 1 where each example is a task of its own */
    public static int of(PuzzleSet set) {
        return set.match(AnswersAtOnce::ofArc, labelled -> 1);
    }

    private static int ofArc(ArcSet set) {
        var lasts = new int[set.taskCount()];
        for (int example = 0; example < set.exampleCount(); example++) {
            Integer task = set.taskOf(example);
            if (task != null) {
                lasts[task] = example;
            }
        }
        Map<Integer, Integer> open = new HashMap<>();
        int held = 0;
        int most = 0;
        for (int example = 0; example < set.exampleCount(); example++) {
            Integer task = set.taskOf(example);
            if (task == null) {
                continue;
            }
            if (!open.containsKey(task)) {
                int now = example;
                open.keySet().removeIf(other -> lasts[other] < now);
                held = open.values().stream().mapToInt(Integer::intValue).sum();
            }
            open.merge(task, 1, Integer::sum);
            held++;
            most = Math.max(most, held);
        }
        return most;
    }

    /** @throws InputProblem naming both numbers */
    static void require(PuzzleSet set) {
        int answers = of(set);
        if (answers > ReadLimits.ANSWERS_AT_ONCE) {
            throw new InputProblem(
                    PuzzleSetManifest.IDENTIFIERS,
                    null,
                    answers + " answers would be held to count the votes for one task, at most "
                            + ReadLimits.ANSWERS_AT_ONCE + " are",
                    "Put the examples of a task behind each other; where they are, make fewer augmentations.");
        }
    }
}
