/** How much work is given out at a time. */
@NullMarked
package dev.trmarena.ingest.dispatch;

import org.jspecify.annotations.NullMarked;
