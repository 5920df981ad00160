/** The whole of ingest over HTTP, on a real Postgres and a real Kafka broker. */
@NullMarked
package dev.trmarena.ingest;

import org.jspecify.annotations.NullMarked;
