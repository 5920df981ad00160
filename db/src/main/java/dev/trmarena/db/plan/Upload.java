package dev.trmarena.db.plan;

import java.util.UUID;

/**
 * A file that someone sent and that nothing has been made of yet.
 *
 * @param fileName as the sender called it, without folders
 * @param digest SHA-256 of the content, which lies in the artifact store
 * @param bytes size, at least 1
 */
public record Upload(UUID id, String fileName, String digest, long bytes) {
    public Upload {
        if (fileName.isBlank()) {
            throw new IllegalArgumentException("file name of upload " + id + " is blank: '" + fileName + "'");
        }
        if (bytes < 1) {
            throw new IllegalArgumentException("upload " + id + " has " + bytes + " bytes, it must have at least 1");
        }
    }
}
