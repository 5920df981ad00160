package dev.trmarena.puzzles;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A puzzle file cannot be used; says which file, where in it, what is wrong and what to do. */
public final class InputProblem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String file;
    private final @Nullable String place;
    private final String problem;
    private final String remedy;

    public InputProblem(String file, @Nullable String place, String problem, String remedy) {
        super(where(file, place) + ": " + problem);
        this.file = file;
        this.place = place;
        this.problem = problem;
        this.remedy = remedy;
    }

    /**
     * Several problems as one: file, place and remedy of the first, and a problem text that goes on with the others.
     *
     * @param first the first ones found, at least one
     * @param found how many there are altogether
     */
    static InputProblem ofAll(List<InputProblem> first, int found) {
        InputProblem head = first.get(0);
        if (found == 1) {
            return head;
        }
        String others =
                first.stream().skip(1).map(other -> "\n" + other.getMessage()).collect(Collectors.joining());
        int untold = found - first.size();
        String rest = untold == 0 ? "" : "\nand " + untold + " more";
        return new InputProblem(head.file, head.place, head.problem + others + rest, head.remedy);
    }

    private static String where(String file, @Nullable String place) {
        return file + (place == null ? "" : ", " + place);
    }

    public String file() {
        return file;
    }

    public @Nullable String place() {
        return place;
    }

    public String problem() {
        return problem;
    }

    public String remedy() {
        return remedy;
    }
}
