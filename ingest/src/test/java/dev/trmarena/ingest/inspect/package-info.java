/** What an upload is, and what of it is too much. */
@NullMarked
package dev.trmarena.ingest.inspect;

import org.jspecify.annotations.NullMarked;
