/** Committed messages go from the outbox to Kafka. */
@NullMarked
package dev.trmarena.ingest.relay;

import org.jspecify.annotations.NullMarked;
