package dev.trmarena.ingest.hub;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What files may be fetched from, and how. */
@ConfigMapping(prefix = "arena.hub")
interface HubConfig {
    /** The hub that {@code hf://} means. */
    @WithDefault("https://huggingface.co")
    URI url();

    /** Hosts that may be asked, the hub and those that it sends on to: names, or {@code *.name} for all below one; with a port unless it is that of https. */
    @WithDefault("huggingface.co,*.huggingface.co,*.hf.co")
    List<String> hosts();

    /** Those of them, letter for letter, that may have an address of this machine or its network; on this machine also without TLS. */
    Optional<List<String>> privateHosts();

    /** Of somebody who may read what is to be fetched; said to the hub alone. */
    Optional<String> token();

    /** So many files are fetched at a time, and half as many of one sender. */
    @WithDefault("4")
    int atOnce();

    /** A host that says nothing for so long is gone. */
    @WithDefault("30S")
    Duration silence();

    /** A host that asks for more patience than this is asked no more. */
    @WithDefault("10M")
    Duration patience();

    /** In a row, without a byte that comes: then it is given up. */
    @WithDefault("8")
    int tries();

    /** After the first of these; twice as long after each further one. */
    @WithDefault("1S")
    Duration pause();

    /** Of a listing of a folder, that is read. */
    @WithDefault("4M")
    MemorySize listing();
}
