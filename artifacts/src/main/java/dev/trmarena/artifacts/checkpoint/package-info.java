/** What a checkpoint is: its configuration, its tensors, and the manifest that solvers read. */
@NullMarked
package dev.trmarena.artifacts.checkpoint;

import org.jspecify.annotations.NullMarked;
