@NullMarked
package dev.trmarena.arena.client;

import org.jspecify.annotations.NullMarked;
