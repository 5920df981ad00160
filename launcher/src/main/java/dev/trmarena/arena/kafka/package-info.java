/** Kafka on one machine, and the topics and group settings on any Kafka. */
@NullMarked
package dev.trmarena.arena.kafka;

import org.jspecify.annotations.NullMarked;
