/** The command line {@code ./arena} and the launcher behind {@code ./arena up}. */
@NullMarked
package dev.trmarena.arena;

import org.jspecify.annotations.NullMarked;
