@NullMarked
package dev.trmarena.solver.adapt;

import org.jspecify.annotations.NullMarked;
