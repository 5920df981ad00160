package dev.trmarena.db.plan;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file that someone is sending, or has sent. How much of it has come is told by the partial file alone: two places that
 * count the same bytes would differ after a crash.
 *
 * @param fileName as the sender calls it, without folders
 * @param bytes size that was announced, at least 1
 * @param digest SHA-256 of the content; null until all of it has come
 * @param sender whose place among the unfinished it takes: the address that it comes from
 * @param expiresAt when it is removed unless something is made of it
 */
public record IncomingUpload(
        UUID id, String fileName, long bytes, @Nullable String digest, String sender, Instant expiresAt) {
    public IncomingUpload {
        if (fileName.isBlank()) {
            throw new IllegalArgumentException("file name of upload " + id + " is blank: '" + fileName + "'");
        }
        if (bytes < 1) {
            throw new IllegalArgumentException("upload " + id + " has " + bytes + " bytes, it must have at least 1");
        }
    }

    /** The upload as what something can be made of; empty until all of it has come. */
    public Optional<Upload> whole() {
        return Optional.ofNullable(digest).map(known -> new Upload(id, fileName, known, bytes));
    }
}
