package dev.trmarena.ingest.upload;

import dev.trmarena.db.plan.IncomingUpload;
import dev.trmarena.db.plan.Uploads;
import dev.trmarena.http.refuse.Problem;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.ingest.upload.PartialFiles.HeldFile;
import dev.trmarena.messages.Kept;
import dev.trmarena.messages.Retention;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Takes files in, piece by piece; a megabyte of memory, whatever their size. */
@ApplicationScoped
public class ReceiveUpload {
    private final PartialFiles files;
    private final CompleteUpload settle;
    private final DiscardArtifacts discard;
    private final Jdbi jdbi;
    private final UploadConfig config;
    private final Retention retention;
    private final Clock clock;

    ReceiveUpload(
            PartialFiles files,
            CompleteUpload settle,
            DiscardArtifacts discard,
            Jdbi jdbi,
            UploadConfig config,
            Retention retention,
            Clock clock) {
        this.files = files;
        this.settle = settle;
        this.discard = discard;
        this.jdbi = jdbi;
        this.config = config;
        this.retention = retention;
        this.clock = clock;
    }

    /**
     * Announces a file, of which nothing has come yet.
     *
     * @throws Refusal 400 for an empty file, 413 for one above the limit, 429 when too many are unfinished, 507 when the disk
     *     has no room, or when uploads have as many bytes as they may
     */
    UploadStatus begin(String fileName, long bytes, String sender) {
        return begin(fileName, bytes, sender, (handle, upload) -> {});
    }

    /** The same. @param beside what is to be written in the same transaction, of the upload with this id */
    public UploadStatus begin(String fileName, long bytes, String sender, BiConsumer<Handle, UUID> beside) {
        if (bytes < 1) {
            throw Refusal.file(400, fileName, null, "the file is empty", "upload a file that has content");
        }
        if (bytes > config.maxSize().asLongValue()) {
            throw Refusal.file(
                    413,
                    fileName,
                    null,
                    "the file has " + bytes + " bytes, more than the "
                            + config.maxSize().asLongValue() + " accepted",
                    "upload a smaller file, or raise arena.upload.max-size (ARENA_UPLOAD_MAX_SIZE) of ingest");
        }
        var upload = new IncomingUpload(
                UUID.randomUUID(),
                fileName,
                bytes,
                null,
                sender,
                clock.instant().plus(retention.time(Kept.UNFINISHED)));
        jdbi.useTransaction(handle -> {
            Uploads.lock(handle);
            List<IncomingUpload> unfinished = Uploads.unfinished(handle, clock.instant());
            requireRoom(unfinished, fileName, bytes);
            requireShare(Kept.UNFINISHED, unfinished, fileName, bytes, sender);
            requireShare(Kept.UPLOADS, Uploads.all(handle), fileName, bytes, sender);
            requireFew(unfinished, fileName, sender);
            Uploads.begin(handle, upload);
            beside.accept(handle, upload.id());
        });
        return UploadStatus.of(upload, 0);
    }

    private void requireFew(List<IncomingUpload> unfinished, String fileName, String sender) {
        long own =
                unfinished.stream().filter(each -> each.sender().equals(sender)).count();
        if (own >= config.maxUnfinishedOfOne()) {
            throw tooMany(fileName, own + " of yours are unfinished", "max-unfinished-of-one");
        }
        if (unfinished.size() >= config.maxUnfinished()) {
            throw tooMany(fileName, unfinished.size() + " are unfinished", "max-unfinished");
        }
    }

    private Refusal tooMany(String fileName, String problem, String setting) {
        return Refusal.file(
                429,
                fileName,
                null,
                "as many uploads are under way as may be: " + problem,
                "finish or DELETE one of them, or wait: they are removed after "
                        + retention.time(Kept.UNFINISHED).toMinutes()
                        + " minutes without a byte; whoever runs the platform can raise arena.upload."
                        + setting + " of ingest");
    }

    /** What is still to come of other uploads has its place on the disk already. */
    private void requireRoom(List<IncomingUpload> unfinished, String fileName, long bytes) {
        try {
            long promised = 0;
            for (IncomingUpload open : unfinished) {
                promised += Math.max(0, open.bytes() - files.size(open.id()));
            }
            long room = files.room();
            if (room - promised < bytes) {
                throw Refusal.file(
                        507,
                        fileName,
                        null,
                        "the file has " + bytes + " bytes, the disk of the artifact store has room for " + room
                                + (promised == 0
                                        ? ""
                                        : ", and " + promised + " of it are promised to uploads under way"),
                        "free some space on the disk of ingest, or point arena.artifacts to a larger one");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot store " + fileName, e);
        }
    }

    /** Together they are kept within so many bytes, of which one sender has half: what is there is somebody's, and nothing is removed. */
    private void requireShare(Kept kept, List<IncomingUpload> uploads, String fileName, long bytes, String sender) {
        long most = retention.bytes(kept);
        long all = uploads.stream().mapToLong(IncomingUpload::bytes).sum();
        long own = uploads.stream()
                .filter(each -> each.sender().equals(sender))
                .mapToLong(IncomingUpload::bytes)
                .sum();
        if (bytes > most - all || own > 0 && bytes > most / 2 - own) {
            throw Refusal.file(
                    507,
                    fileName,
                    null,
                    "the file has " + bytes + " bytes, and uploads that nothing was made of yet have " + all
                            + ", of which " + own + " are yours; together they may have " + most
                            + ", those of one sender half of it",
                    "submit, finish or DELETE one of them, or wait: they are removed after "
                            + retention.time(kept).toHours() + " hours; whoever runs the platform can raise "
                            + kept.setting() + ".bytes");
        }
    }

    /** Where the upload stands. One that was killed just before it was complete is completed by asking. */
    public UploadStatus look(UUID id) {
        IncomingUpload upload = settle.row(id);
        requireFresh(upload);
        long offset = settle.offset(id);
        if (offset == upload.bytes()) {
            settle.settle(id);
            upload = settle.row(id);
        }
        return UploadStatus.of(upload, upload.digest() == null ? offset : upload.bytes());
    }

    /**
     * Adds to what has come; with the last byte the upload is complete. When the sender goes away, what came of it stays.
     *
     * @param offset where the sender believes that it goes on
     * @throws Refusal 409 for another offset than that of the upload, 413 when the body goes on behind the end that was
     *     announced, 423 while someone else is sending
     */
    public UploadStatus append(UUID id, long offset, InputStream body) {
        try (HeldFile file = files.hold(id)) {
            if (file == null) {
                throw inOtherHands(id);
            }
            IncomingUpload upload = settle.row(id);
            requireFresh(upload);
            long has = upload.digest() == null ? file.offset() : upload.bytes();
            if (offset != has) {
                throw Refusal.file(
                        409,
                        upload.fileName(),
                        "Upload-Offset",
                        "the request goes on at byte " + offset + ", the upload has " + has,
                        "ask with HEAD /api/uploads/" + id + " where to go on");
            }
            if (upload.digest() == null) {
                write(upload, file, body);
            } else if (body.read() >= 0) {
                // Not a byte of it is written: by now the file may be an artifact.
                throw tooLong(upload);
            }
            settle.settle(upload, file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot store a piece of upload " + id, e);
        }
        return look(id);
    }

    private void write(IncomingUpload upload, HeldFile file, InputStream body) throws IOException {
        long start = file.offset();
        try {
            file.append(new LimitedStream(paced(body), upload.bytes() - start));
        } catch (LimitedStream.TooLarge e) {
            file.cutTo(start);
            throw tooLong(upload);
        } catch (LimitedStream.BrokenOff e) {
            boolean slow = e.getCause() instanceof PacedStream.TooSlow;
            Problem problem = Problem.of(
                    slow ? 408 : 400,
                    upload.fileName(),
                    null,
                    "the upload broke off after " + file.offset() + " of " + upload.bytes() + " bytes"
                            + (slow ? ": " + e.getMessage() : ""),
                    "go on from there");
            throw new Refusal(problem, e);
        } finally {
            // A complete one is somebody's file; one that stands still is a place that others wait for.
            Duration patience =
                    file.offset() == upload.bytes() ? retention.time(Kept.UPLOADS) : retention.time(Kept.UNFINISHED);
            jdbi.useHandle(handle ->
                    Uploads.keepUntil(handle, upload.id(), clock.instant().plus(patience)));
        }
    }

    private InputStream paced(InputStream body) {
        return new PacedStream(body, config.leastRate().asLongValue(), config.grace(), config.deadline());
    }

    private static Refusal tooLong(IncomingUpload upload) {
        return Refusal.file(
                413,
                upload.fileName(),
                null,
                "the body goes on behind the " + upload.bytes() + " bytes that were announced",
                "send the very file that was announced, from the offset that HEAD tells to its end");
    }

    /** Forgets an upload, however much of it has come. */
    public void remove(UUID id) {
        try (HeldFile file = files.hold(id)) {
            if (file == null) {
                throw inOtherHands(id);
            }
            discard.incoming(settle.row(id), file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove upload " + id, e);
        }
    }

    /** What is left of an upload that there is no more; does nothing to one that there is. A sweep does it, too, but later. */
    public void forgetFile(UUID id) {
        if (jdbi.withHandle(handle -> Uploads.find(handle, id)).isPresent()) {
            return;
        }
        try (HeldFile file = files.hold(id)) {
            if (file != null) {
                file.delete();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove what came of upload " + id, e);
        }
    }

    private void requireFresh(IncomingUpload upload) {
        if (!upload.expiresAt().isAfter(clock.instant())) {
            throw Refusal.file(
                    410,
                    upload.fileName(),
                    null,
                    "the upload was left alone until " + upload.expiresAt() + " and is given up",
                    "upload the file again with POST /api/uploads");
        }
    }

    private static Refusal inOtherHands(UUID id) {
        return new Refusal(
                423,
                "another request is sending to upload " + id,
                "wait until it has ended, ask with HEAD where to go on, and go on there");
    }
}
