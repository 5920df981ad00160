@NullMarked
package dev.trmarena.arena.command;

import org.jspecify.annotations.NullMarked;
