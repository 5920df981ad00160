/** The work loop on a real broker. */
@org.jspecify.annotations.NullMarked
package dev.trmarena.solver.work;
