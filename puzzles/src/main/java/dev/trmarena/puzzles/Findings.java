package dev.trmarena.puzzles;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with files that are read: reading goes on after a problem, so that one try tells the first several of
 * them instead of one.
 */
public final class Findings {
    /** Problems that are told in full; of the others only the number is. */
    public static final int TOLD = 8;

    private final List<InputProblem> first = new ArrayList<>();
    private int found;

    public void add(String file, @Nullable String place, String problem, String remedy) {
        add(new InputProblem(file, place, problem, remedy));
    }

    public void add(InputProblem problem) {
        found++;
        if (first.size() < TOLD) {
            first.add(problem);
        }
    }

    public int count() {
        return found;
    }

    /** @throws InputProblem about all of them, if there are any */
    public void throwIfAny() {
        if (found > 0) {
            throw InputProblem.ofAll(first, found);
        }
    }
}
