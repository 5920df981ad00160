package dev.trmarena.ingest.upload;

import dev.trmarena.db.plan.Upload;
import java.util.UUID;

/**
 * The answer to an upload.
 *
 * @param upload names the file in the requests that make something of it
 * @param digest SHA-256 of the content, to compare with one's own
 */
public record Received(UUID upload, String fileName, String digest, long bytes) {
    static Received of(Upload upload) {
        return new Received(upload.id(), upload.fileName(), upload.digest(), upload.bytes());
    }
}
