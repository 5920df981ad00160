package dev.trmarena.db;

import dev.trmarena.messages.EvaluationState;
import java.util.Arrays;
import java.util.stream.Collectors;

/** {@link EvaluationState#endedEarly} for a statement. */
public final class EndedEarly {
    /** Condition on the evaluation {@code e}. */
    public static final String SQL = Arrays.stream(EvaluationState.values())
            .filter(EvaluationState::endedEarly)
            .map(state -> "'" + state.key() + "'")
            .collect(Collectors.joining(", ", "e.state in (", ")"));

    private EndedEarly() {}
}
