/** What others published about the puzzle sets, to stand beside what was measured here. */
@NullMarked
package dev.trmarena.puzzles.published;

import org.jspecify.annotations.NullMarked;
