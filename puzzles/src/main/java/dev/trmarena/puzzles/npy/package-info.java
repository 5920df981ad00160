/** NumPy's array files, memory-mapped. */
@NullMarked
package dev.trmarena.puzzles.npy;

import org.jspecify.annotations.NullMarked;
