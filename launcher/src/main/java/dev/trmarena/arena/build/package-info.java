/** Puzzle sets built on this machine, without a platform. */
@NullMarked
package dev.trmarena.arena.build;

import org.jspecify.annotations.NullMarked;
