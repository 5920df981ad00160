/** A checkpoint is trained on tasks that it has never seen: rows of its puzzle embedding, or all its weights. */
@NullMarked
package dev.trmarena.solver.adapt;

import org.jspecify.annotations.NullMarked;
