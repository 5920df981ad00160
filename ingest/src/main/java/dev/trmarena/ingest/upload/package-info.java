/** Bytes come in: streamed to the artifact store, one row each. */
@NullMarked
package dev.trmarena.ingest.upload;

import org.jspecify.annotations.NullMarked;
