package dev.trmarena.http.refuse;

/** The answer to whoever asks of an evaluation of answers for what only a run has. */
public final class NotRunHere {
    private static final int CONFLICT = 409;

    private NotRunHere() {}

    /** @param wanted what it was: {@code a step replay} */
    public static Refusal of(Object evaluation, String wanted) {
        return new Refusal(
                CONFLICT,
                "evaluation " + evaluation + " is of answers that were scored here, not run here: there is no way to "
                        + wanted,
                "submit a checkpoint to have it run here; of answers there are scores, tasks, tasks.csv and, of ARC, submission.json");
    }
}
