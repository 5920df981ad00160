/** The pickles of torch.save, read by an interpreter that executes nothing. */
@NullMarked
package dev.trmarena.artifacts.pickle;

import org.jspecify.annotations.NullMarked;
