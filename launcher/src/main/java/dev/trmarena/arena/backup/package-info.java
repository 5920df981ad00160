/** A whole platform in a folder: written there while it runs, and brought to another machine. */
@NullMarked
package dev.trmarena.arena.backup;

import org.jspecify.annotations.NullMarked;
