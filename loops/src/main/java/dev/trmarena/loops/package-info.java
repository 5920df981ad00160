/** Threads that do the same again and again: none ends in silence, and whoever asks is told which of them do not get on. */
@NullMarked
package dev.trmarena.loops;

import org.jspecify.annotations.NullMarked;
