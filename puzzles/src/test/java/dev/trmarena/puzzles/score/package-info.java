/** Tests of single steps of the scoring. */
@NullMarked
package dev.trmarena.puzzles.score;

import org.jspecify.annotations.NullMarked;
