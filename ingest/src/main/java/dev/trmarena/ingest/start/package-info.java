/** What happens when the process starts and ends. */
@NullMarked
package dev.trmarena.ingest.start;

import org.jspecify.annotations.NullMarked;
