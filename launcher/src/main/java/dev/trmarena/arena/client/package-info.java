/** Talks to a running platform over HTTP. */
@NullMarked
package dev.trmarena.arena.client;

import org.jspecify.annotations.NullMarked;
