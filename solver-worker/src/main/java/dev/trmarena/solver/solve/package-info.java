/** From a checkpoint and examples to predictions. */
@NullMarked
package dev.trmarena.solver.solve;

import org.jspecify.annotations.NullMarked;
