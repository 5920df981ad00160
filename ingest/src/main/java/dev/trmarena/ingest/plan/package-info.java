/** A checkpoint and a puzzle set become an evaluation and its work units. */
@NullMarked
package dev.trmarena.ingest.plan;

import org.jspecify.annotations.NullMarked;
