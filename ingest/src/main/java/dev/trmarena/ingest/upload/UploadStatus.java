package dev.trmarena.ingest.upload;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.trmarena.db.plan.IncomingUpload;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where an upload stands.
 *
 * @param upload names the file in the requests that make something of it
 * @param bytes size of the file
 * @param offset bytes that have come and are on disk
 * @param digest SHA-256 of the content, to compare with one's own; null until all of it has come
 * @param expiresAt when it is removed unless more of it comes or something is made of it
 */
public record UploadStatus(
        UUID upload,
        String fileName,
        long bytes,
        long offset,
        @Nullable String digest,
        @JsonFormat(shape = JsonFormat.Shape.STRING) Instant expiresAt) {
    static UploadStatus of(IncomingUpload upload, long offset) {
        return new UploadStatus(
                upload.id(), upload.fileName(), upload.bytes(), offset, upload.digest(), upload.expiresAt());
    }
}
