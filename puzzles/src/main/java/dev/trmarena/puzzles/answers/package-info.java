/** Answers that another system gave: read in the forms in which they are published, and scored as those of a run are. */
@NullMarked
package dev.trmarena.puzzles.answers;

import org.jspecify.annotations.NullMarked;
