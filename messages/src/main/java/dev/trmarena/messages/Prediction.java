package dev.trmarena.messages;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * The answer to one example, as it is sent. Arrays are handed over, not copied: whoever gives them away leaves them alone.
 *
 * @param example index of the example in the puzzle set
 * @param tokens L predicted tokens, one byte each (unsigned), argmax of the last step's logits
 * @param qHalt the halt logit of the last step (not yet a probability)
 * @param steps improvement steps behind the answer
 * @param stepHistory what was answered after each step, without the grids, in the form of {@code puzzles.score.StepHistory}; empty when
 *     the network runs by a loop of its own (act_inference)
 * @param replay L tokens after each step, for the examples that people look at; empty for others
 */
@SuppressWarnings("ArrayRecordComponent")
public record Prediction(
        int example,
        byte[] tokens,
        float qHalt,
        int steps,
        @JsonProperty("trail") byte[] stepHistory,
        @JsonAlias("film") List<byte[]> replay) {
    public Prediction {
        Checks.atLeast("example", example, 0);
        Checks.atLeast("number of tokens", tokens.length, 1);
        Checks.atLeast("steps", steps, 1);
        if (!Float.isFinite(qHalt)) {
            throw new IllegalArgumentException("qHalt of example " + example + " is " + qHalt);
        }
        replay = List.copyOf(replay);
    }
}
