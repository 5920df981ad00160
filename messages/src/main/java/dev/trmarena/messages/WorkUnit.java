package dev.trmarena.messages;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run of examples of one evaluation, small enough for one solver to finish within a lock period. It carries references into
 * the artifact store, never the data itself.
 *
 * @param evaluation the evaluation this unit belongs to
 * @param index position of this unit in its evaluation, from 0; of a replay, of the one that has its example; of a canary, among the
 *     units of the canary; of an {@link Purpose#ADAPT}, among the legs of the adaptation
 * @param purpose what it is solved for; a {@link Purpose#REPLAY} has one example
 * @param round which time the evaluation's missing units are given out, from 1: resuming or retrying begins another one
 * @param handout which time this unit is given out, from 1: what is heard of an earlier time changes nothing
 * @param checkpointManifest SHA-256 of the checkpoint's manifest artifact, which names the weights
 * @param puzzleSetManifest SHA-256 of the puzzle set's manifest artifact, which names the arrays
 * @param firstExample index of the first example in the puzzle set; of a {@link Purpose#CANARY}, among its demonstrations; of an {@link
 *     Purpose#ADAPT}, training steps that are done
 * @param endExample index after the last one
 * @param exampleCount how many of these the protocol runs, at least 1: all of them, unless it limits the augmentations
 * @param protocol how they are run, in the form of {@code puzzles.score.Protocol.key()}
 * @param replayTasks of the first so many tasks the answer after every step is kept, where an example shows its task as it is
 * @param hCycles instead of the checkpoint's own, of a canary that compares; null for these
 * @param lCycles likewise
 * @param alone whether it is solved together with no other: it came to nothing before in this round, and if it is to blame, nothing else
 *     should be
 * @param point of an {@link Purpose#ADAPT}, SHA-256 of the file that those who did the steps before kept; null where there are none
 */
public record WorkUnit(
        UUID evaluation,
        int index,
        Purpose purpose,
        int round,
        int handout,
        String checkpointManifest,
        String puzzleSetManifest,
        int firstExample,
        int endExample,
        int exampleCount,
        String protocol,
        @JsonAlias("filmTasks") int replayTasks,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer hCycles,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer lCycles,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
        boolean alone,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String point) {
    public WorkUnit {
        Objects.requireNonNull(evaluation, "evaluation");
        Objects.requireNonNull(purpose, "purpose");
        Checks.digest("checkpointManifest", checkpointManifest);
        Checks.digest("puzzleSetManifest", puzzleSetManifest);
        Checks.atLeast("index", index, 0);
        Checks.atLeast("round", round, 1);
        Checks.atLeast("handout", handout, 1);
        Checks.atLeast("firstExample", firstExample, 0);
        Checks.atLeast("exampleCount", exampleCount, 1);
        Checks.atLeast("endExample", endExample, firstExample + (long) exampleCount);
        Objects.requireNonNull(protocol, "protocol");
        Checks.atLeast("replayTasks", replayTasks, 0);
        if (point != null) {
            Checks.digest("point", point);
        }
    }

    /** With the checkpoint's own cycles, for the first time. */
    public WorkUnit(
            UUID evaluation,
            int index,
            Purpose purpose,
            int round,
            int handout,
            String checkpointManifest,
            String puzzleSetManifest,
            int firstExample,
            int endExample,
            int exampleCount,
            String protocol,
            int replayTasks) {
        this(
                evaluation,
                index,
                purpose,
                round,
                handout,
                checkpointManifest,
                puzzleSetManifest,
                firstExample,
                endExample,
                exampleCount,
                protocol,
                replayTasks,
                null,
                null,
                false);
    }

    /** One that trains nothing. */
    public WorkUnit(
            UUID evaluation,
            int index,
            Purpose purpose,
            int round,
            int handout,
            String checkpointManifest,
            String puzzleSetManifest,
            int firstExample,
            int endExample,
            int exampleCount,
            String protocol,
            int replayTasks,
            @Nullable Integer hCycles,
            @Nullable Integer lCycles,
            boolean alone) {
        this(
                evaluation,
                index,
                purpose,
                round,
                handout,
                checkpointManifest,
                puzzleSetManifest,
                firstExample,
                endExample,
                exampleCount,
                protocol,
                replayTasks,
                hCycles,
                lCycles,
                alone,
                null);
    }
}
