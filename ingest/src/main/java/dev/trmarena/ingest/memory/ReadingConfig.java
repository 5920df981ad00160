package dev.trmarena.ingest.memory;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much memory work takes that reads files, see {@link WorkMemory}. */
@ConfigMapping(prefix = "arena.reading")
interface ReadingConfig {
    /** Of all such work together; the launcher gives ingest a heap of 256 MB, of which open sets take 32 ({@code arena.open-sets}). */
    @WithDefault("152M")
    MemorySize memory();

    /** How long work waits for its part. */
    @WithDefault("30S")
    Duration patience();
}
