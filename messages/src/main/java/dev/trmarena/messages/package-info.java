/** The records that the services send each other through Kafka, their topics, and the one JSON codec. */
@NullMarked
package dev.trmarena.messages;

import org.jspecify.annotations.NullMarked;
