package dev.trmarena.ingest.upload;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.artifacts.store.Stored;
import dev.trmarena.db.plan.ArtifactUses;
import dev.trmarena.db.plan.Upload;
import dev.trmarena.db.plan.Uploads;
import dev.trmarena.http.refuse.Problem;
import dev.trmarena.http.refuse.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Streams a file to the artifact store and writes its row; a few kilobytes of memory, whatever its size. */
@ApplicationScoped
class ReceiveUpload {
    private static final int ONE_BYTE = 1;

    private final ArtifactStore store;
    private final Jdbi jdbi;
    private final DiscardArtifacts discard;
    private final UploadConfig config;

    ReceiveUpload(ArtifactStore store, Jdbi jdbi, DiscardArtifacts discard, UploadConfig config) {
        this.store = store;
        this.jdbi = jdbi;
        this.discard = discard;
        this.config = config;
    }

    /**
     * @param announced the size that the request announces, in bytes; null when it does not say
     * @throws Refused 400 for an empty file, 413 for one above the limit
     */
    Upload receive(String fileName, @Nullable Long announced, InputStream body) {
        long limit = config.maxSize().asLongValue();
        if (announced != null && announced > limit) {
            throw tooLarge(fileName, limit);
        }
        Stored stored;
        try {
            var content = new PushbackInputStream(new LimitedStream(body, limit), ONE_BYTE);
            int first = content.read();
            if (first < 0) {
                throw Refused.file(400, fileName, null, "the file is empty", "upload the file's content as the body");
            }
            content.unread(first);
            stored = store.put(content);
        } catch (LimitedStream.TooLarge e) {
            throw tooLarge(fileName, limit);
        } catch (LimitedStream.BrokenOff e) {
            throw new Refused(Problem.of(400, fileName, null, "the upload broke off", "upload the file again"), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot store " + fileName, e);
        }
        Upload upload = new Upload(UUID.randomUUID(), fileName, stored.digest(), stored.bytes());
        try {
            record(upload);
        } catch (RuntimeException e) {
            // Without a row nobody would ever remove it.
            discard.unused(List.of(upload.digest()));
            throw e;
        }
        return upload;
    }

    private void record(Upload upload) {
        jdbi.useTransaction(handle -> {
            ArtifactUses.lock(handle, List.of(upload.digest()));
            if (!store.has(upload.digest())) {
                // Someone discarded the same content in the moment between storing and here.
                throw Refused.file(503, upload.fileName(), null, "the file was removed meanwhile", "upload it again");
            }
            Uploads.insert(handle, upload);
        });
    }

    private static Refused tooLarge(String fileName, long limit) {
        return Refused.file(
                413,
                fileName,
                null,
                "the file is larger than " + limit + " bytes",
                "upload a smaller file, or raise arena.upload.max-size (ARENA_UPLOAD_MAX_SIZE) of ingest");
    }
}
