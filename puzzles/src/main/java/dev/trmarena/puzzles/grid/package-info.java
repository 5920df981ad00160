/** Rectangles of small numbers. */
@NullMarked
package dev.trmarena.puzzles.grid;

import org.jspecify.annotations.NullMarked;
