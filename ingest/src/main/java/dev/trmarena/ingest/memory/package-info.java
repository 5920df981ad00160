/** Memory that requests share. */
@NullMarked
package dev.trmarena.ingest.memory;

import org.jspecify.annotations.NullMarked;
