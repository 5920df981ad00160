/** Puzzle sets made from raw puzzles, number for number as the models' authors' dataset builders make them. */
@NullMarked
package dev.trmarena.puzzles.build;

import org.jspecify.annotations.NullMarked;
