package dev.trmarena.puzzles;

import org.jspecify.annotations.Nullable;

/** A puzzle file cannot be used; says which file, where in it, what is wrong and what to do. */
public final class InputProblem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String file;
    private final @Nullable String place;
    private final String problem;
    private final String remedy;

    public InputProblem(String file, @Nullable String place, String problem, String remedy) {
        super(file + (place == null ? "" : ", " + place) + ": " + problem);
        this.file = file;
        this.place = place;
        this.problem = problem;
        this.remedy = remedy;
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
