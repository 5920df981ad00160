/** Taking away evaluations, models, checkpoints and puzzle sets, and what nobody needs any more afterwards. */
@NullMarked
package dev.trmarena.ingest.remove;

import org.jspecify.annotations.NullMarked;
