/** Tests of runs without a platform. */
@NullMarked
package dev.trmarena.solver.solve;

import org.jspecify.annotations.NullMarked;
