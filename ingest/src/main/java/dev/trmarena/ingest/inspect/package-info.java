/** An upload becomes a checkpoint: inspected without executing anything, fitted to its puzzle set, canonical. */
@NullMarked
package dev.trmarena.ingest.inspect;

import org.jspecify.annotations.NullMarked;
