package dev.trmarena.solver.model;

import java.util.List;

/**
 * What one improvement step gave.
 *
 * @param step from 1
 * @param last whether the run ends with it
 * @param steps B numbers: after which step each row stands; less than {@code step} for rows that halted early
 * @param going rows that take the next step, if there is one
 * @param tokens B·L predicted tokens, row-major; empty unless it is the last step or its answers or logits were wanted
 * @param logits B·L·V values, row-major; empty unless wanted
 * @param qHalt B values
 * @param qContinue B values; NaN of a network that has no continue logit
 * @param carry the states after the step, the answer's first, B·S·D values each; empty unless wanted
 */
public record StepResult(
        int step,
        boolean last,
        int[] steps,
        int going,
        int[] tokens,
        float[] logits,
        float[] qHalt,
        float[] qContinue,
        List<float[]> carry) {
    /**
     * The answer of a row as it is sent and stored: L tokens, a byte each, unsigned. A puzzle set has no token above 255.
     *
     * @param row from 0 to B
     */
    public byte[] answer(int row) {
        byte[] answer = new byte[tokens.length / qHalt.length];
        for (int i = 0; i < answer.length; i++) {
            answer[i] = (byte) tokens[row * answer.length + i];
        }
        return answer;
    }
}
