/** What ingest writes: uploads, puzzle sets, checkpoints, evaluations with their work units, and the outbox. */
@NullMarked
package dev.trmarena.db.plan;

import org.jspecify.annotations.NullMarked;
