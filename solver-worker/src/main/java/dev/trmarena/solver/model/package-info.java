/** The networks as TorchScript, and what it takes to run them. */
@NullMarked
package dev.trmarena.solver.model;

import org.jspecify.annotations.NullMarked;
