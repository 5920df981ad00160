package dev.trmarena.messages;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a solver says about a work unit. Recorders treat every outcome as possibly repeated. A delivery is one handing of a
 * unit to a solver: a unit whose solver died is given out again, to whoever is free.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Outcome.Started.class, name = "started"),
    @JsonSubTypes.Type(value = Outcome.Solved.class, name = "solved"),
    @JsonSubTypes.Type(value = Outcome.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = Outcome.Returned.class, name = "returned"),
    @JsonSubTypes.Type(value = Outcome.Redelivered.class, name = "redelivered"),
    @JsonSubTypes.Type(value = Outcome.Replayed.class, name = "replayed"),
    @JsonSubTypes.Type(value = Outcome.NotReplayed.class, name = "not_replayed"),
    @JsonSubTypes.Type(value = Outcome.CanaryAnswer.class, name = "canary_answer"),
    @JsonSubTypes.Type(value = Outcome.NoCanaryAnswer.class, name = "no_canary_answer"),
    @JsonSubTypes.Type(value = Outcome.Adapted.class, name = "adapted"),
    @JsonSubTypes.Type(value = Outcome.NotAdapted.class, name = "not_adapted")
})
public sealed interface Outcome {
    UUID evaluation();

    int unit();

    /** Name of the solver, for people: host and process. */
    String solver();

    /**
     * A solver took the unit up.
     *
     * @param instance of the solver's process: another one after a restart, under the same name
     * @param round of the unit, see {@link WorkUnit}
     * @param handout likewise
     * @param device what it computes on, for people
     */
    record Started(
            UUID evaluation,
            int unit,
            UUID delivery,
            String solver,
            UUID instance,
            int round,
            int handout,
            String device)
            implements Outcome {
        public Started {
            requireWho(evaluation, unit, delivery, solver);
            Objects.requireNonNull(instance, "instance");
            Checks.atLeast("round", round, 1);
            Checks.atLeast("handout", handout, 1);
            Checks.name("device", device);
        }
    }

    /**
     * The unit is done.
     *
     * @param predictions one per example of the unit, in example order
     * @param device what it was computed on, for people
     * @param kernels what the products of matrices ran on there, in the solver's word; null of a solver that does not tell
     * @param computeMillis wall time of the inference itself, without waiting and loading
     */
    record Solved(
            UUID evaluation,
            int unit,
            UUID delivery,
            String solver,
            String device,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String kernels,

            long computeMillis,
            List<Prediction> predictions)
            implements Outcome {
        public Solved {
            requireWho(evaluation, unit, delivery, solver);
            Checks.name("device", device);
            if (kernels != null) {
                Checks.name("kernels", kernels);
            }
            Checks.atLeast("computeMillis", computeMillis, 0);
            Objects.requireNonNull(predictions, "predictions");
            predictions = List.copyOf(predictions);
            Checks.atLeast("number of predictions", predictions.size(), 1);
        }

        /** Of a solver that does not tell its kernels. */
        public Solved(
                UUID evaluation,
                int unit,
                UUID delivery,
                String solver,
                String device,
                long computeMillis,
                List<Prediction> predictions) {
            this(evaluation, unit, delivery, solver, device, null, computeMillis, predictions);
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
     * The solver let go of the unit; another one may do better.
     *
     * @param handout of the unit, see {@link WorkUnit}
     * @param kind null when nothing is wrong: it was withdrawn, or the solver was asked to stop
     * @param reason for people
     * @param log the last lines that the solver logged about it
     */
    record Returned(
            UUID evaluation,
            int unit,
            UUID delivery,
            String solver,
            int handout,
            @Nullable FailureKind kind,
            String reason,
            List<String> log)
            implements Outcome {
        public Returned {
            requireWho(evaluation, unit, delivery, solver);
            Checks.atLeast("handout", handout, 1);
            Objects.requireNonNull(reason, "reason");
            log = List.copyOf(Objects.requireNonNull(log, "log"));
        }
    }

    /**
     * The broker delivered the unit once more: whoever got it first has let go of it and told nothing. The solver that says so does
     * not solve it; whether it is given out again, the database decides.
     *
     * @param handout of the unit, see {@link WorkUnit}
     * @param solver that got it now
     */
    record Redelivered(UUID evaluation, int unit, int handout, String solver) implements Outcome {
        public Redelivered {
            requireWho(evaluation, unit, solver);
            Checks.atLeast("handout", handout, 1);
        }
    }

    /**
     * What a unit for a {@link Purpose#REPLAY} came to.
     *
     * @param prediction of its example, with the answer after every step where the network can be followed
     */
    record Replayed(UUID evaluation, int unit, String solver, Prediction prediction) implements Outcome {
        public Replayed {
            requireWho(evaluation, unit, solver);
            Objects.requireNonNull(prediction, "prediction");
        }
    }

    /**
     * A unit for a {@link Purpose#REPLAY} failed.
     *
     * @param handout of the unit, see {@link WorkUnit}
     * @param end what follows from it
     * @param reason what was wrong, where, and what to do; shown to whoever asked for it
     */
    record NotReplayed(UUID evaluation, int unit, int example, String solver, int handout, End end, String reason)
            implements Outcome {
        public NotReplayed {
            requireWho(evaluation, unit, solver);
            Checks.atLeast("example", example, 0);
            Checks.atLeast("handout", handout, 1);
            Objects.requireNonNull(end, "end");
            Objects.requireNonNull(reason, "reason");
        }

        /** What follows. */
        public enum End {
            /** Nothing is wrong: the solver was asked to stop. */
            HANDED_BACK,
            /** Another solver, or another time, may do better. */
            WENT_WRONG,
            /** No solver can. */
            IMPOSSIBLE;

            /** As it stands in messages: {@code handed_back}. */
            @JsonValue
            public String key() {
                return Keys.of(this);
            }

            /** @throws IllegalArgumentException naming those there are */
            @JsonCreator
            public static End of(String key) {
                return Keys.constant(End.class, key);
            }
        }
    }

    /**
     * What a unit for a {@link Purpose#CANARY} came to.
     *
     * @param handout of the unit, see {@link WorkUnit}
     * @param predictions one per demonstration of the unit, in their order; an example is its place among those of the canary
     */
    record CanaryAnswer(UUID evaluation, int unit, String solver, int handout, List<Prediction> predictions)
            implements Outcome {
        public CanaryAnswer {
            requireWho(evaluation, unit, solver);
            Checks.atLeast("handout", handout, 1);
            predictions = List.copyOf(Objects.requireNonNull(predictions, "predictions"));
            Checks.atLeast("number of predictions", predictions.size(), 1);
        }
    }

    /**
     * A unit for a {@link Purpose#CANARY} failed.
     *
     * @param handout of the unit, see {@link WorkUnit}
     * @param end what follows from it
     * @param reason what was wrong, where, and what to do
     */
    record NoCanaryAnswer(UUID evaluation, int unit, String solver, int handout, NotReplayed.End end, String reason)
            implements Outcome {
        public NoCanaryAnswer {
            requireWho(evaluation, unit, solver);
            Checks.atLeast("handout", handout, 1);
            Objects.requireNonNull(end, "end");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * What a unit for a {@link Purpose#ADAPT} came to: its steps are done, and a file is in the folder for adaptations that whoever takes
     * the next ones goes on from; after the last step, the adapted weights.
     *
     * @param handout of the unit, see {@link WorkUnit}
     * @param device what it was computed on, for people
     * @param computeMillis for reading and keeping as well
     * @param file SHA-256 of the file, which is its name
     * @param lmLosses of each step, the mean over its slots
     */
    record Adapted(
            UUID evaluation,
            int unit,
            String solver,
            int handout,
            String device,
            long computeMillis,
            String file,
            List<Double> lmLosses)
            implements Outcome {
        public Adapted {
            requireWho(evaluation, unit, solver);
            Checks.atLeast("handout", handout, 1);
            Objects.requireNonNull(device, "device");
            Checks.atLeast("computeMillis", computeMillis, 0);
            Checks.digest("file", file);
            lmLosses = List.copyOf(Objects.requireNonNull(lmLosses, "lmLosses"));
            Checks.atLeast("number of losses", lmLosses.size(), 1);
            for (double loss : lmLosses) {
                if (!Double.isFinite(loss)) {
                    throw new IllegalArgumentException("a loss is " + loss + ", it must be a number");
                }
            }
        }
    }

    /**
     * A unit for a {@link Purpose#ADAPT} failed.
     *
     * @param handout of the unit, see {@link WorkUnit}
     * @param end what follows from it
     * @param kind what sort of trouble it was; null when it was handed back
     * @param reason what was wrong, where, and what to do; shown to the user
     * @param log the last lines that the solver logged about it
     */
    record NotAdapted(
            UUID evaluation,
            int unit,
            String solver,
            int handout,
            NotReplayed.End end,
            @Nullable FailureKind kind,
            String reason,
            List<String> log)
            implements Outcome {
        public NotAdapted {
            requireWho(evaluation, unit, solver);
            Checks.atLeast("handout", handout, 1);
            Objects.requireNonNull(end, "end");
            Objects.requireNonNull(reason, "reason");
            log = List.copyOf(Objects.requireNonNull(log, "log"));
        }
    }

    private static void requireWho(UUID evaluation, int unit, UUID delivery, String solver) {
        requireWho(evaluation, unit, solver);
        Objects.requireNonNull(delivery, "delivery");
    }

    private static void requireWho(UUID evaluation, int unit, String solver) {
        Objects.requireNonNull(evaluation, "evaluation");
        Checks.atLeast("unit", unit, 0);
        Checks.name("solver", solver);
    }
}
