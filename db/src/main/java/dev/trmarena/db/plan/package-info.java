/** What ingest writes: uploads, puzzle sets, checkpoints, evaluations with their work units, and what people do to these. */
@NullMarked
package dev.trmarena.db.plan;

import org.jspecify.annotations.NullMarked;
