package dev.trmarena.solver.adapt;

import org.jspecify.annotations.Nullable;

/**
 * What a training step gave; losses are sums over the B slots.
 *
 * @param step from 1
 * @param rowRate at which rows moved
 * @param weightRate at which weights moved; null where they are frozen
 * @param loss {@code lmLoss} and half of the others
 * @param qContinueLoss null where a network is not taught to continue
 * @param halted slots that take another example in the next step
 * @param steps of each slot on its example, this one included
 * @param identifiers rows that the slots worked on
 * @param qHalt halt logits of the slots
 * @param qContinue continue logits of the slots
 */
public record StepReport(
        int step,
        double rowRate,
        @Nullable Double weightRate,
        double loss,
        double lmLoss,
        double qHaltLoss,
        @Nullable Double qContinueLoss,
        boolean[] halted,
        int[] steps,
        int[] identifiers,
        float[] qHalt,
        float[] qContinue) {}
