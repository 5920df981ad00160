/** Tests of single steps of the building. */
@NullMarked
package dev.trmarena.puzzles.build;

import org.jspecify.annotations.NullMarked;
