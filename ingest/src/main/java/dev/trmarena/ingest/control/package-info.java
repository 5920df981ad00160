/** Cancel, pause, resume, retry. */
@NullMarked
package dev.trmarena.ingest.control;

import org.jspecify.annotations.NullMarked;
