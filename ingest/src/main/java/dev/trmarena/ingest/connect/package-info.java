/** Which connections to the database are whose. */
@NullMarked
package dev.trmarena.ingest.connect;

import org.jspecify.annotations.NullMarked;
