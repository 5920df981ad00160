package dev.trmarena.ingest.upload;

import dev.trmarena.artifacts.store.Disk;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * What has come of each upload: a file named by the upload's id, in the folder of the store, so that a whole one becomes an
 * artifact by being renamed. The length of the file is the offset to go on at, and no offset is told before everything up to it is on disk.
 */
@ApplicationScoped
class PartialFiles {
    private static final int BUFFER = 1 << 16;
    private static final int HASHED_AT_ONCE = 1 << 20;
    /** Bytes between two syncs: twice as much is what a power cut costs at most, and what the last sync has to wait for. */
    private static final long SYNC_EVERY = 32L << 20;

    private final Path artifacts;
    private final Path folder;
    private final Disk disk;
    private final Map<UUID, HeldFile> held = new ConcurrentHashMap<>();
    private final ExecutorService settler = Executors.newCachedThreadPool(work -> {
        var thread = new Thread(work, "settle pieces of uploads");
        thread.setDaemon(true);
        return thread;
    });

    @Inject
    PartialFiles(@ConfigProperty(name = "arena.artifacts") Path artifacts) {
        this(artifacts, new Disk());
    }

    PartialFiles(Path artifacts, Disk disk) {
        this.artifacts = artifacts.toAbsolutePath().normalize();
        this.folder = this.artifacts.resolve("partial");
        this.disk = disk;
    }

    /** What is being settled is brought to its end; new pieces are refused. */
    @PreDestroy
    void shutDown() {
        settler.shutdown();
    }

    /** Bytes on disk, 0 when there is no file; of a file that is being written, those that are surely there. */
    long offset(UUID upload) throws IOException {
        HeldFile writer = held.get(upload);
        if (writer != null) {
            return writer.synced;
        }
        // Not opened while it is held here: closing any channel of a file would give up the process's lock on it.
        try (FileChannel channel = FileChannel.open(path(upload), StandardOpenOption.WRITE)) {
            channel.force(false);
            return channel.size();
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /** Bytes that the disk holds of it, surely or not yet. */
    long size(UUID upload) throws IOException {
        try {
            return Files.size(path(upload));
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /** Bytes that fit on the disk. */
    long room() throws IOException {
        return Files.getFileStore(Files.createDirectories(folder)).getUsableSpace();
    }

    /** Uploads that have a file. */
    List<UUID> all() throws IOException {
        var uploads = new ArrayList<UUID>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.forEach(
                        file -> uploads.add(UUID.fromString(file.getFileName().toString())));
            }
        }
        return uploads;
    }

    /**
     * Takes hold of the file, so that nobody else changes it until it is let go, in this process or another one.
     *
     * @return null when someone else holds it
     */
    @Nullable
    HeldFile hold(UUID upload) throws IOException {
        disk.createFolders(folder, artifacts);
        HeldFile mine = new HeldFile(upload);
        if (held.putIfAbsent(upload, mine) != null) {
            return null;
        }
        boolean locked = false;
        try {
            locked = mine.open();
        } finally {
            if (!locked) {
                held.remove(upload, mine);
            }
        }
        return locked ? mine : null;
    }

    private Path path(UUID upload) {
        return folder.resolve(upload.toString());
    }

    /** The file of one upload, in one hand. */
    final class HeldFile implements AutoCloseable {
        private final UUID upload;
        private @Nullable FileChannel channel;
        private final MessageDigest sha = DigestUtils.getSha256Digest();
        private long hashed;
        private boolean fromStart;
        private @Nullable ByteBuffer readBack;
        private volatile long synced;

        private HeldFile(UUID upload) {
            this.upload = upload;
        }

        private boolean open() throws IOException {
            FileChannel opened = FileChannel.open(
                    path(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!locked(opened)) {
                opened.close();
                return false;
            }
            channel = opened;
            fromStart = opened.size() == 0;
            if (fromStart) {
                // Its name, too: a row may name this upload's digest before the file has its own name in the store.
                disk.syncFolder(folder);
            }
            sync();
            return true;
        }

        private static boolean locked(FileChannel channel) throws IOException {
            try {
                FileLock lock = channel.tryLock();
                return lock != null;
            } catch (OverlappingFileLockException e) {
                return false;
            }
        }

        private FileChannel channel() {
            if (channel == null) {
                throw new IllegalStateException("the partial file of upload " + upload + " is not held any more");
            }
            return channel;
        }

        Path path() {
            return PartialFiles.this.path(upload);
        }

        /** Bytes on disk. */
        long offset() {
            return synced;
        }

        /**
         * Writes behind what is there. Meanwhile what is written is synced and read back for its digest, a piece at a time: network,
         * disk and hash each take seconds a gigabyte. Also when the body breaks, all that came of it is on disk afterwards.
         */
        void append(InputStream body) throws IOException {
            Future<?> settling = CompletableFuture.completedFuture(null);
            try {
                byte[] buffer = new byte[BUFFER];
                long written = synced;
                long settled = written;
                for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                    ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
                    while (bytes.hasRemaining()) {
                        written += channel().write(bytes, written);
                    }
                    if (written - settled >= SYNC_EVERY) {
                        await(settling);
                        settling = settler.submit(this::settlePiece);
                        settled = written;
                    }
                }
            } catch (IOException | RuntimeException e) {
                try {
                    await(settling);
                    sync();
                } catch (IOException again) {
                    e.addSuppressed(again);
                }
                throw e;
            }
            await(settling);
            sync();
        }

        private @Nullable Void settlePiece() throws IOException {
            sync();
            if (fromStart) {
                // One that goes on in pieces is read back once, when its last one has come.
                hashTo(synced);
            }
            return null;
        }

        private void hashTo(long end) throws IOException {
            ByteBuffer buffer = readBack == null ? ByteBuffer.allocateDirect(HASHED_AT_ONCE) : readBack;
            readBack = buffer;
            while (hashed < end) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), end - hashed));
                int n = channel().read(buffer, hashed);
                if (n < 0) {
                    throw new EOFException("the partial file of upload " + upload + " ends at byte " + hashed);
                }
                hashed += n;
                sha.update(buffer.flip());
            }
        }

        /** However often the thread is interrupted: the file is not let go while somebody works on it. */
        private static void await(Future<?> settling) throws IOException {
            boolean interrupted = false;
            try {
                while (true) {
                    try {
                        settling.get();
                        return;
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IOException cause) {
                    throw cause;
                }
                throw new IllegalStateException("a piece could not be settled", e.getCause());
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        /** Forgets everything behind the offset. */
        void cutTo(long offset) throws IOException {
            channel().truncate(offset);
            sha.reset();
            hashed = 0;
            sync();
        }

        /** @return SHA-256 of the file as it lies on the disk, lower-case hex */
        String digest() throws IOException {
            hashTo(channel().size());
            hashed = 0;
            return Hex.encodeHexString(sha.digest());
        }

        void delete() throws IOException {
            Files.deleteIfExists(path());
        }

        private void sync() throws IOException {
            // What is written behind it meanwhile is not surely on disk.
            long size = channel().size();
            disk.syncFile(channel());
            synced = size;
        }

        @Override
        public void close() throws IOException {
            try (FileChannel closing = channel()) {
                if (closing.size() == 0) {
                    delete();
                }
            } finally {
                channel = null;
                held.remove(upload, this);
            }
        }
    }
}
