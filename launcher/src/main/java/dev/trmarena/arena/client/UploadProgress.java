package dev.trmarena.arena.client;

import java.nio.file.Path;

/** Uploads one file and shows it as the caller likes. */
@FunctionalInterface
public interface UploadProgress {
    /** @return the id of the upload */
    String upload(ArenaClient client, Path file, String name) throws InterruptedException;

    /** Shows nothing. */
    static UploadProgress silent() {
        return (client, file, name) -> client.upload(file, name, sent -> {});
    }
}
