package dev.trmarena.ingest.inspect;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much memory a network may take where it runs, while no solver lives that says what it holds. */
@ConfigMapping(prefix = "arena.memory")
interface MemoryConfig {
    /** Bytes while a network is loaded, by estimate: seventy times those of the published ones, which have seven million values. */
    @WithDefault("4000000000")
    long networkBytes();

    /** Bytes of a step of one example, by estimate: a full-size network on ARC takes 57 MB. */
    @WithDefault("2000000000")
    long stepBytes();
}
