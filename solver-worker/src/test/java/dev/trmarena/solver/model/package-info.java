/** Networks, natively. */
@org.jspecify.annotations.NullMarked
package dev.trmarena.solver.model;
