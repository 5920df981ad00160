package dev.trmarena.messages;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Why an evaluation or a delivery failed: all the reasons there are, each with a text for people. */
public enum FailureKind {
    /** A defect of checkpoint, puzzles or protocol: it would come again on any machine. */
    CANNOT_RUN(
            "The checkpoint cannot be run on these puzzles.",
            "Mend what the reason names and submit again; a retry would end the same way."),
    /** An artifact is missing, or its content is not what its name says. */
    STORE(
            "The artifact store did not give what it was asked for.",
            "Check the disk of the artifact store; upload the file it names again, then retry."),
    MEMORY(
            "The solvers had too little memory for a unit.",
            "Start solvers on a machine with more memory, then retry; only the missing units run again."),
    SOLVER_ENDED(
            "Every solver that took a unit ended before it answered.",
            "The last error and the solver's log lines are kept with this evaluation; SIGKILL is also what a machine"
                    + " with too little memory does. Then retry."),
    SOLVER_ERROR(
            "Every solver that took a unit met an error.",
            "The last error and the solver's log lines are kept with this evaluation. Then retry."),
    OVERDUE(
            "A unit made no progress in time on any solver.",
            "Submit the checkpoint with fewer cycles (H_cycles, L_cycles), or start faster solvers, then retry."),
    UNRECORDABLE(
            "An answer of a solver cannot be recorded.",
            "Run solvers and services of one version; if they are, please report it with the reason."),
    UNSCORABLE(
            "All units are solved, but scoring them failed.",
            "Mend what the reason names, then retry: nothing is run again."),
    NO_SOLVER("No solver took it up in time.", "Start a solver (./arena solver), then retry."),
    LOST(
            "A unit was given out again and again, and nothing was heard of it.",
            "Check that the solvers reach the broker, then retry."),
    SUSPECT(
            "It was set up in another way than it was trained, by the look of its canary, and was to stop then.",
            "Submit it as the reason says; a retry runs it as it is."),
    UPGRADED("The platform was upgraded while this was under way.", "Retry, or submit again.");

    private final String meaning;
    private final String remedy;

    FailureKind(String meaning, String remedy) {
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /** One sentence for people. */
    public String meaning() {
        return meaning;
    }

    /** What they can do. */
    public String remedy() {
        return remedy;
    }

    /** As it stands in messages, tables and the API: {@code solver_ended}. */
    @JsonValue
    public String key() {
        return Keys.of(this);
    }

    /** @throws IllegalArgumentException naming those there are */
    @JsonCreator
    public static FailureKind of(String key) {
        return Keys.constant(FailureKind.class, key);
    }
}
