/** Finds the cases that were made by running the models' authors' code. */
@NullMarked
package dev.trmarena.golden;

import org.jspecify.annotations.NullMarked;
