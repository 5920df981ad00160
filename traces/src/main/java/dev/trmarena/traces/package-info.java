/** One trace an evaluation, through processes that share nothing but a database and Kafka. */
@NullMarked
package dev.trmarena.traces;

import org.jspecify.annotations.NullMarked;
