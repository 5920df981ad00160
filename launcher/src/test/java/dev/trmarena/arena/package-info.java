@NullMarked
package dev.trmarena.arena;

import org.jspecify.annotations.NullMarked;
