/** How a checkpoint is run on a puzzle set: what of it decides about a score has one written form. */
@NullMarked
package dev.trmarena.puzzles.protocol;

import org.jspecify.annotations.NullMarked;
