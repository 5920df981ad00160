package dev.trmarena.ingest.hub;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.trmarena.db.plan.Fetch;
import dev.trmarena.db.plan.Origin;
import dev.trmarena.http.refuse.Problem;
import dev.trmarena.ingest.upload.UploadStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file of a hub on its way here.
 *
 * @param upload names the file in the requests that make something of it, once it is whole; null when it was only looked for
 * @param bytes size of the file, as the hub says
 * @param offset bytes that have come and are on disk
 * @param digest of the content, as the hub says, and as it is held to: SHA-256, or of a small file what git calls its blob (SHA-1)
 * @param problem why it failed; null unless it did
 * @param origin where it is, at the commit that the revision was
 * @param expiresAt when it is removed unless something is made of it; null when it was only looked for, or failed
 */
record FetchView(
        @Nullable UUID upload,
        String fileName,
        long bytes,
        long offset,
        String digest,
        FetchState state,
        @Nullable Problem problem,
        Origin origin,

        @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
        Instant expiresAt) {
    static FetchView found(HubFile file) {
        return new FetchView(
                null, file.fileName(), file.bytes(), 0, file.digest(), FetchState.FOUND, null, file.origin(), null);
    }

    static FetchView failed(Fetch fetch, Problem problem) {
        return new FetchView(
                fetch.upload(),
                fetch.fileName(),
                fetch.bytes(),
                0,
                fetch.saidDigest(),
                FetchState.FAILED,
                problem,
                fetch.origin(),
                null);
    }

    static FetchView of(Fetch fetch, UploadStatus upload, boolean atWork) {
        FetchState state =
                upload.digest() != null ? FetchState.WHOLE : atWork ? FetchState.FETCHING : FetchState.WAITING;
        return new FetchView(
                fetch.upload(),
                fetch.fileName(),
                fetch.bytes(),
                upload.offset(),
                fetch.saidDigest(),
                state,
                null,
                fetch.origin(),
                upload.expiresAt());
    }
}
