package dev.trmarena.messages;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** What a solver says about a work unit. Recorders treat every outcome as possibly repeated. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Outcome.Started.class, name = "started"),
    @JsonSubTypes.Type(value = Outcome.Solved.class, name = "solved"),
    @JsonSubTypes.Type(value = Outcome.Failed.class, name = "failed")
})
public sealed interface Outcome {
    UUID evaluation();

    int unit();

    /** Name of the solver, for people: host and process. */
    String solver();

    /** A solver took the unit up. */
    record Started(UUID evaluation, int unit, String solver) implements Outcome {
        public Started {
            Objects.requireNonNull(evaluation, "evaluation");
            Objects.requireNonNull(solver, "solver");
            Checks.atLeast("unit", unit, 0);
        }
    }

    /**
     * The unit is done.
     *
     * @param predictions one per example of the unit, in example order
     * @param computeMillis wall time of the inference itself, without waiting and loading
     */
    record Solved(UUID evaluation, int unit, String solver, long computeMillis, List<Prediction> predictions)
            implements Outcome {
        public Solved {
            Objects.requireNonNull(evaluation, "evaluation");
            Objects.requireNonNull(solver, "solver");
            Checks.atLeast("unit", unit, 0);
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
     */
    record Failed(UUID evaluation, int unit, String solver, String reason) implements Outcome {
        public Failed {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(evaluation, "evaluation");
            Objects.requireNonNull(solver, "solver");
            Checks.atLeast("unit", unit, 0);
        }
    }
}
