package dev.trmarena.solver.model;

import java.io.IOException;

/** The rows of a puzzle embedding, wherever they are. */
@FunctionalInterface
public interface EmbeddingRows {
    /** @throws IllegalArgumentException when there is no such row */
    float[] row(int identifier) throws IOException;
}
