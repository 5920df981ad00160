/** What people ask of evaluations: a checkpoint and a puzzle set become one and its work units; cancel, pause, resume, retry, replay. */
@NullMarked
package dev.trmarena.ingest.plan;

import org.jspecify.annotations.NullMarked;
