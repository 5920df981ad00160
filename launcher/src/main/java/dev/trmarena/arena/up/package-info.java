/** Starts all processes of a platform on one machine, watches them, stops them. */
@NullMarked
package dev.trmarena.arena.up;

import org.jspecify.annotations.NullMarked;
