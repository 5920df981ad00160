/** ARC: canvases, augmentations, votes, submissions. */
@NullMarked
package dev.trmarena.puzzles.arc;

import org.jspecify.annotations.NullMarked;
