/** Uploads become a puzzle set. */
@NullMarked
package dev.trmarena.ingest.puzzleset;

import org.jspecify.annotations.NullMarked;
