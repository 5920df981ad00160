package dev.trmarena.artifacts.checkpoint;

/**
 * One of the networks in a checkpoint file.
 *
 * @param keys that lead to it in the file, {@code ema.shadow}: by these it can be chosen; empty for the whole file
 * @param averaged whether it is a moving average (EMA) of the trained weights, by its keys; else it is those, the raw ones
 */
public record Network(String keys, boolean averaged, int tensors) {}
