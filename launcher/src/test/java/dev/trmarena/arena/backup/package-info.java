@NullMarked
package dev.trmarena.arena.backup;

import org.jspecify.annotations.NullMarked;
