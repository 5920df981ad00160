package dev.trmarena.ingest.upload;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of uploads; how long they are kept, and how much of them, is {@link dev.trmarena.messages.Retention}. */
@ConfigMapping(prefix = "arena.upload")
interface UploadConfig {
    /** The largest file that is accepted; published checkpoints have 2.5 GB. */
    @WithDefault("8G")
    MemorySize maxSize();

    /** So many files can be on their way at once. */
    @WithDefault("64")
    int maxUnfinished();

    /** So many of them one sender's, told apart by the address. */
    @WithDefault("32")
    int maxUnfinishedOfOne();

    /** Bytes a second that a sender keeps up, in the mean; slower ones are told to go on later. */
    @WithDefault("16K")
    MemorySize leastRate();

    /** So long, in all, a sender may be waited for besides. */
    @WithDefault("20S")
    Duration grace();

    /** One request ends within this, however fast it is; an upload goes on with the next. */
    @WithDefault("2H")
    Duration deadline();
}
