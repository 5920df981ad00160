package dev.trmarena.artifacts.store;

/**
 * An artifact that lies in the store.
 *
 * @param digest SHA-256 of the content, lower-case hex
 * @param bytes length of the content
 */
public record StoredArtifact(String digest, long bytes) {}
