/** Puzzle sets that are open. */
@NullMarked
package dev.trmarena.http.set;

import org.jspecify.annotations.NullMarked;
