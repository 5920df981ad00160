package dev.trmarena.solver.model;

/**
 * What one improvement step gave.
 *
 * @param step from 1
 * @param logits B·L·V values, row-major
 * @param qHalt B values
 * @param qContinue B values
 */
public record StepResult(int step, float[] logits, float[] qHalt, float[] qContinue) {}
