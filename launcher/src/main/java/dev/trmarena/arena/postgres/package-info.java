/** Postgres on one machine, from binaries that come with the build. */
@NullMarked
package dev.trmarena.arena.postgres;

import org.jspecify.annotations.NullMarked;
