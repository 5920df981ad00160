package dev.trmarena.http.refuse;

import org.jspecify.annotations.Nullable;

/**
 * The request cannot be done as it stands, and this says why and what to do.
 * It becomes the {@code application/problem+json} answer of {@link Problem}.
 */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Problem problem;

    public Refusal(Problem problem) {
        super(problem.problem());
        this.problem = problem;
    }

    public Refusal(Problem problem, Throwable cause) {
        super(problem.problem(), cause);
        this.problem = problem;
    }

    /** A refusal that is not about a file. */
    public Refusal(int status, String problem, String remedy) {
        this(Problem.of(status, null, null, problem, remedy));
    }

    /**
     * A refusal of a file.
     *
     * @param file as its sender called it
     * @param place where in the file; null when it is about the whole file
     */
    public static Refusal file(int status, String file, @Nullable String place, String problem, String remedy) {
        return new Refusal(Problem.of(status, file, place, problem, remedy));
    }

    public Problem problem() {
        return problem;
    }
}
