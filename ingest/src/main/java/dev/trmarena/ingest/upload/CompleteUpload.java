package dev.trmarena.ingest.upload;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.plan.ArtifactUses;
import dev.trmarena.db.plan.Fetch;
import dev.trmarena.db.plan.Fetches;
import dev.trmarena.db.plan.IncomingUpload;
import dev.trmarena.db.plan.Upload;
import dev.trmarena.db.plan.Uploads;
import dev.trmarena.http.refuse.EarlyAnswer;
import dev.trmarena.http.refuse.Problem;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.ingest.upload.PartialFiles.HeldFile;
import dev.trmarena.limits.OtherFile;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * Makes an artifact of an upload whose last byte has come. The row names the digest first, which keeps the artifact from being
 * discarded, then the file is renamed: killed in between, whoever next asks for the upload renames it.
 */
@ApplicationScoped
class CompleteUpload {
    private static final int UNPROCESSABLE = 422;

    private final PartialFiles files;
    private final ArtifactStore store;
    private final Jdbi jdbi;

    CompleteUpload(PartialFiles files, ArtifactStore store, Jdbi jdbi) {
        this.files = files;
        this.store = store;
        this.jdbi = jdbi;
    }

    /** Does nothing when the last byte has not come. The caller read the row after it took hold of the file. */
    void settle(IncomingUpload row, HeldFile file) throws IOException {
        if (file.offset() != row.bytes()) {
            return;
        }
        String digest = row.digest();
        if (digest == null) {
            String computed = file.digest();
            if (isAnotherThanWasSaid(row, file, computed)) {
                return;
            }
            boolean there = jdbi.inTransaction(handle -> {
                ArtifactUses.lock(handle, List.of(computed));
                return Uploads.complete(handle, row.id(), computed);
            });
            if (!there) {
                return;
            }
            digest = computed;
        }
        store.take(file.path(), digest);
    }

    /** Of a file that is fetched it is known what it should be; nothing is left of another one but the reason. */
    private boolean isAnotherThanWasSaid(IncomingUpload row, HeldFile file, String computed) throws IOException {
        Optional<Fetch> fetch = jdbi.withHandle(handle -> Fetches.find(handle, row.id()));
        if (fetch.isEmpty()) {
            return false;
        }
        Optional<Problem> problem = another(row, fetch.get().saidDigest(), file.path(), computed);
        problem.ifPresent(found -> jdbi.useTransaction(
                handle -> Fetches.fail(handle, row.id(), EarlyAnswer.json(found).toString())));
        if (problem.isPresent()) {
            file.delete();
        }
        return problem.isPresent();
    }

    private static Optional<Problem> another(IncomingUpload row, String said, Path file, String computed)
            throws IOException {
        if (!SaidDigest.isOf(said, file, computed)) {
            return Optional.of(Problem.of(
                    UNPROCESSABLE,
                    row.fileName(),
                    null,
                    "what came is not what the hub says: it has the SHA-256 " + computed + ", and the hub names "
                            + said,
                    "fetch it once more; if that stays so, download it, look at it, and upload it"));
        }
        // The hub follows pointers by itself. One that is a file of its own there leads nowhere from here.
        return OtherFile.of(file)
                .filter(OtherFile::isPointer)
                .map(pointer -> Problem.of(
                        UNPROCESSABLE,
                        row.fileName(),
                        null,
                        pointer.what() + ": its content was never sent to the hub",
                        "send it there with git-lfs or the hub's own command, or upload the file itself here"));
    }

    /** As {@link #settle(IncomingUpload, HeldFile)}, unless someone is writing just now, who does it then. */
    void settle(UUID upload) {
        try (HeldFile file = files.hold(upload)) {
            if (file != null) {
                Optional<IncomingUpload> row = jdbi.withHandle(handle -> Uploads.find(handle, upload));
                if (row.isPresent()) {
                    settle(row.get(), file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot complete upload " + upload, e);
        }
    }

    /**
     * An upload that something can be made of.
     *
     * @throws Refusal 404 when there is none, 409 when not all of it has come
     */
    Upload whole(UUID id) {
        IncomingUpload row = row(id);
        long offset = offset(id);
        if (offset == row.bytes()) {
            settle(id);
            row = row(id);
        }
        IncomingUpload known = row;
        return known.whole()
                .orElseThrow(() -> Refusal.file(
                        409,
                        known.fileName(),
                        null,
                        "the upload is not complete, " + offset + " of " + known.bytes() + " bytes have come",
                        "go on with PATCH /api/uploads/" + id + " from that offset"));
    }

    /** @throws Refusal 404 when there is none */
    IncomingUpload row(UUID id) {
        return jdbi.withHandle(handle -> Uploads.find(handle, id)).orElseThrow(() -> unknown(id.toString()));
    }

    /** Bytes that have come and are on disk. */
    long offset(UUID id) {
        try {
            return files.offset(id);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at upload " + id, e);
        }
    }

    static Refusal unknown(String id) {
        return new Refusal(
                404,
                "there is no upload " + id,
                "upload the file again with POST /api/uploads: an upload is used once, and removed when it is old");
    }
}
