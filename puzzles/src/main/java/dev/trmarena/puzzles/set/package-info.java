/** Puzzle sets: reading what users bring, and the one form it is kept in. */
@NullMarked
package dev.trmarena.puzzles.set;

import org.jspecify.annotations.NullMarked;
