package dev.trmarena.messages;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a solver says about a work unit. Recorders treat every outcome as possibly repeated. A delivery is one handing of a
 * unit to a solver: a unit whose solver died is delivered again, to another one.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Outcome.Started.class, name = "started"),
    @JsonSubTypes.Type(value = Outcome.Solved.class, name = "solved"),
    @JsonSubTypes.Type(value = Outcome.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = Outcome.Returned.class, name = "returned")
})
public sealed interface Outcome {
    UUID evaluation();

    int unit();

    UUID delivery();

    /** Name of the solver, for people: host and process. */
    String solver();

    /**
     * A solver took the unit up.
     *
     * @param instance of the solver's process: another one after a restart, under the same name
     * @param round of the unit, see {@link WorkUnit}
     * @param device what it computes on, for people
     */
    record Started(UUID evaluation, int unit, UUID delivery, String solver, UUID instance, int round, String device)
            implements Outcome {
        public Started {
            requireWho(evaluation, unit, delivery, solver);
            Objects.requireNonNull(instance, "instance");
            Checks.atLeast("round", round, 1);
            Objects.requireNonNull(device, "device");
        }
    }

    /**
     * The unit is done.
     *
     * @param predictions one per example of the unit, in example order
     * @param device what it was computed on, for people
     * @param computeMillis wall time of the inference itself, without waiting and loading
     */
    record Solved(
            UUID evaluation,
            int unit,
            UUID delivery,
            String solver,
            String device,
            long computeMillis,
            List<Prediction> predictions)
            implements Outcome {
        public Solved {
            requireWho(evaluation, unit, delivery, solver);
            Objects.requireNonNull(device, "device");
            Checks.atLeast("computeMillis", computeMillis, 0);
            Objects.requireNonNull(predictions, "predictions");
            predictions = List.copyOf(predictions);
            Checks.atLeast("number of predictions", predictions.size(), 1);
        }
    }

    /**
     * The unit cannot be solved, however often it is tried: a defect of the input, not of the solver.
     *
     * @param reason what was wrong, where, and what to do; shown to the user
     * @param log the last lines that the solver logged about it
     */
    record Failed(
            UUID evaluation, int unit, UUID delivery, String solver, FailureKind kind, String reason, List<String> log)
            implements Outcome {
        public Failed {
            requireWho(evaluation, unit, delivery, solver);
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(reason, "reason");
            log = List.copyOf(Objects.requireNonNull(log, "log"));
        }
    }

    /**
     * The solver let go of the unit; another go may do better.
     *
     * @param kind null when nothing is wrong: it was withdrawn, or the solver was asked to stop
     * @param reason for people
     * @param log the last lines that the solver logged about it
     */
    record Returned(
            UUID evaluation,
            int unit,
            UUID delivery,
            String solver,
            @Nullable FailureKind kind,
            String reason,
            List<String> log)
            implements Outcome {
        public Returned {
            requireWho(evaluation, unit, delivery, solver);
            Objects.requireNonNull(reason, "reason");
            log = List.copyOf(Objects.requireNonNull(log, "log"));
        }
    }

    private static void requireWho(UUID evaluation, int unit, UUID delivery, String solver) {
        Objects.requireNonNull(evaluation, "evaluation");
        Checks.atLeast("unit", unit, 0);
        Objects.requireNonNull(delivery, "delivery");
        Objects.requireNonNull(solver, "solver");
    }
}
