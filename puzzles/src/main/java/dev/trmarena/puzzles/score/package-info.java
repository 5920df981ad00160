/** From predictions to scores. */
@NullMarked
package dev.trmarena.puzzles.score;

import org.jspecify.annotations.NullMarked;
