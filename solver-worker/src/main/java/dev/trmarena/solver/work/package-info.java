/** Work units in, outcomes out. */
@NullMarked
package dev.trmarena.solver.work;

import org.jspecify.annotations.NullMarked;
