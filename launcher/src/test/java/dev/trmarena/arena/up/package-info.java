@NullMarked
package dev.trmarena.arena.up;

import org.jspecify.annotations.NullMarked;
