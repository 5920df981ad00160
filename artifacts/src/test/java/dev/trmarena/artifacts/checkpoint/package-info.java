/** Tests of what a checkpoint may be. */
@NullMarked
package dev.trmarena.artifacts.checkpoint;

import org.jspecify.annotations.NullMarked;
