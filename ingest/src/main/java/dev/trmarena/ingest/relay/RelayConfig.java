package dev.trmarena.ingest.relay;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the outbox is emptied. */
@ConfigMapping(prefix = "arena.relay")
interface RelayConfig {
    /** Messages of one transaction. */
    @WithDefault("500")
    int batch();

    /** How long the relay waits when nothing is waiting; a plan wakes it at once, this finds what others have left. */
    @WithDefault("0.5S")
    Duration poll();

    /** How long a send may take before the batch is given up and tried again. */
    @WithDefault("20S")
    Duration sendTimeout();
}
