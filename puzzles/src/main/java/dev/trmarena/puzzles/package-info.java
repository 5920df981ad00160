/** Grids, tokens, puzzle sets and their readers, voting, scoring. Knows no service. */
@NullMarked
package dev.trmarena.puzzles;

import org.jspecify.annotations.NullMarked;
