package dev.trmarena.messages;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * A solver's process is gone and nobody had asked it to go: the word of whoever supervised it, for what it had in hand ended with
 * it. It may come twice, and before or after anything else that tells of that solver.
 *
 * @param solver its name, for people
 * @param instance of the process
 * @param exitStatus as a shell tells it: 128 and the number of a signal, when one ended it
 * @param kind {@link FailureKind#MEMORY} when its last lines say so, else {@link FailureKind#SOLVER_ENDED}
 * @param reason how it ended, a sentence that begins with the solver's name and lacks its full stop
 * @param log the last lines that it printed
 */
public record SolverEnded(
        String solver, UUID instance, int exitStatus, FailureKind kind, String reason, List<String> log) {
    public SolverEnded {
        Checks.name("solver", solver);
        Objects.requireNonNull(instance, "instance");
        Checks.atLeast("exitStatus", exitStatus, 0);
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(reason, "reason");
        log = List.copyOf(Objects.requireNonNull(log, "log"));
    }
}
