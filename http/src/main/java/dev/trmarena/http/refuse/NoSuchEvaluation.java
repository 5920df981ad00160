package dev.trmarena.http.refuse;

/** The answer to an id that no evaluation has. */
public final class NoSuchEvaluation {
    private static final int NOT_FOUND = 404;

    private NoSuchEvaluation() {}

    /** @param id as it was asked for */
    public static Refusal of(Object id) {
        return new Refusal(NOT_FOUND, "there is no evaluation " + id, "GET /api/evaluations lists those there are");
    }
}
