/** Demonstrations that are solved to see whether an evaluation is set up as its checkpoint was trained. */
@NullMarked
package dev.trmarena.db.canary;

import org.jspecify.annotations.NullMarked;
