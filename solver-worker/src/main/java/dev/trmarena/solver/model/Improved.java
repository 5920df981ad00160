package dev.trmarena.solver.model;

import org.jspecify.annotations.Nullable;

/**
 * What a step gave, sums over its B slots.
 *
 * @param loss what was differentiated, before it was divided
 * @param lmLoss of the tokens
 * @param qHaltLoss of the halt logits
 * @param qContinueLoss of the continue logits; null where a network is not taught to continue
 * @param qHalt B logits
 * @param qContinue B logits
 * @param continueTargets what the continue logits should have said, B probabilities; empty likewise
 * @param rowGradients B rows, of {@code loss} by the number of examples
 */
public record Improved(
        double loss,
        double lmLoss,
        double qHaltLoss,
        @Nullable Double qContinueLoss,
        float[] qHalt,
        float[] qContinue,
        float[] continueTargets,
        float[] rowGradients) {}
