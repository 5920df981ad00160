/** A solver's process: work units from Kafka, inference, outcomes back to Kafka. */
@NullMarked
package dev.trmarena.solver;

import org.jspecify.annotations.NullMarked;
