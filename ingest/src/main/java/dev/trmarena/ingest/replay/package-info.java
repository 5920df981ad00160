/** Films of tasks whose steps were not kept, computed when somebody wants to see them. */
@NullMarked
package dev.trmarena.ingest.replay;

import org.jspecify.annotations.NullMarked;
