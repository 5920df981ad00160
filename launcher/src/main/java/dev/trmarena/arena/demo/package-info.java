/** The demo that a new platform begins with. */
@NullMarked
package dev.trmarena.arena.demo;

import org.jspecify.annotations.NullMarked;
