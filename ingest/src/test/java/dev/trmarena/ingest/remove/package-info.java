/** Tests of removing and of what is kept how long. */
@NullMarked
package dev.trmarena.ingest.remove;

import org.jspecify.annotations.NullMarked;
