package dev.trmarena.ingest.remove;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/**
 * How long what nobody asks for is kept. Nothing here is less than recovery needs: outcomes may be heard of again for as long as
 * their topic keeps them, which is a month (see the launcher's WorkTopics); everything else is for people.
 */
@ConfigMapping(prefix = "arena.retention")
interface RetentionConfig {
    /** Which solver had which unit, of evaluations that are over; those that failed are kept with their evaluation. */
    @WithDefault("P90D")
    Duration deliveries();

    /** Solvers that were not heard of, and how solvers ended. */
    @WithDefault("P30D")
    Duration solvers();

    /** Messages that could not be recorded. */
    @WithDefault("P90D")
    Duration quarantined();

    /** Of these messages together; the oldest go first. */
    @WithDefault("268435456")
    long quarantinedBytes();

    /** That an evaluation was removed, at least as long as its outcomes may lie in a topic; a start with less is refused. */
    @WithDefault("P60D")
    Duration removed();
}
