package dev.trmarena.messages;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.util.List;

/**
 * The answer to one example.
 *
 * @param example index of the example in the puzzle set
 * @param tokens L predicted tokens, one byte each (unsigned), argmax of the last step's logits
 * @param qHalt the halt logit of the last step (not yet a probability)
 * @param steps improvement steps behind the answer
 * @param trail what was answered after each step, without the grids, in the form of {@code puzzles.score.Trail}; empty when
 *     the network runs by a loop of its own (act_inference)
 * @param replay L tokens after each step, for the examples that people look at; empty for others
 */
public record Prediction(
        int example,
        byte[] tokens,
        float qHalt,
        int steps,
        byte[] trail,
        @JsonAlias("film") List<byte[]> replay) {
    public Prediction {
        Checks.atLeast("example", example, 0);
        Checks.atLeast("number of tokens", tokens.length, 1);
        Checks.atLeast("steps", steps, 1);
        if (!Float.isFinite(qHalt)) {
            throw new IllegalArgumentException("qHalt of example " + example + " is " + qHalt);
        }
        tokens = tokens.clone();
        trail = trail.clone();
        replay = replay.stream().map(byte[]::clone).toList();
    }

    @Override
    public byte[] tokens() {
        return tokens.clone();
    }

    @Override
    public byte[] trail() {
        return trail.clone();
    }

    @Override
    public List<byte[]> replay() {
        return replay.stream().map(byte[]::clone).toList();
    }
}
