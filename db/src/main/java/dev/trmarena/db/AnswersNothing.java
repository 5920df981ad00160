package dev.trmarena.db;

/** A message answers nothing that was given out, or not to whoever it is from: it is not believed (decision 107). */
public final class AnswersNothing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what was said, and what is known instead */
    public AnswersNothing(String message) {
        super(message);
    }
}
