package dev.trmarena.messages;

/**
 * The answer to one example.
 *
 * @param example index of the example in the puzzle set
 * @param tokens L predicted tokens, one byte each (unsigned), argmax of the last step's logits
 * @param qHalt the halt logit of the last step (not yet a probability)
 */
public record Prediction(int example, byte[] tokens, float qHalt) {
    public Prediction {
        Checks.atLeast("example", example, 0);
        Checks.atLeast("number of tokens", tokens.length, 1);
        if (!Float.isFinite(qHalt)) {
            throw new IllegalArgumentException("qHalt of example " + example + " is " + qHalt);
        }
        tokens = tokens.clone();
    }

    @Override
    public byte[] tokens() {
        return tokens.clone();
    }
}
