/** Tests of the broker. */
@NullMarked
package dev.trmarena.arena.kafka;

import org.jspecify.annotations.NullMarked;
