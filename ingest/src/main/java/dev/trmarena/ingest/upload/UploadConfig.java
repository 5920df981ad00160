package dev.trmarena.ingest.upload;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of uploads. */
@ConfigMapping(prefix = "arena.upload")
interface UploadConfig {
    /** The largest file that is accepted; published checkpoints have 2.5 GB. */
    @WithDefault("8G")
    MemorySize maxSize();

    /** An upload that got no byte and that nothing was made of for so long is removed. */
    @WithDefault("24H")
    Duration keep();

    /** So many files can be on their way at once. */
    @WithDefault("64")
    int maxUnfinished();
}
