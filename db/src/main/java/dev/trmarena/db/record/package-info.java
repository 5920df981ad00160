/** Writing down what solvers answered, and the scores that follow from it. Every write may be repeated. */
@NullMarked
package dev.trmarena.db.record;

import org.jspecify.annotations.NullMarked;
