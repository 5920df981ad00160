/** Uploads from the inside. */
@NullMarked
package dev.trmarena.ingest.upload;

import org.jspecify.annotations.NullMarked;
