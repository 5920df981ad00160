/** One class for each command of {@code ./arena}. */
@NullMarked
package dev.trmarena.arena.command;

import org.jspecify.annotations.NullMarked;
