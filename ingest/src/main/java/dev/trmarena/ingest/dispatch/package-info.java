/** Units that wait become messages, a few at a time; those that nothing is heard of are given out again. */
@NullMarked
package dev.trmarena.ingest.dispatch;

import org.jspecify.annotations.NullMarked;
