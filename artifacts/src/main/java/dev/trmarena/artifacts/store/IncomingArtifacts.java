package dev.trmarena.artifacts.store;

import dev.trmarena.artifacts.store.LockedFolders.LockedFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Files that are to become artifacts together: written and synced, but in the store only when {@link #take taken}, so that
 * whoever names them in rows can do both under one lock. What is never taken goes when this is closed or its process dies.
 */
public final class IncomingArtifacts implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final ArtifactStore store;
    private final Disk disk;
    private final LockedFolder folder;
    private final Map<String, Path> files = new LinkedHashMap<>();

    IncomingArtifacts(ArtifactStore store, Disk disk, LockedFolder folder) {
        this.store = store;
        this.disk = disk;
        this.folder = folder;
    }

    /** What becomes the content of an artifact. */
    @FunctionalInterface
    public interface Content {
        /** Writes all of it. */
        void writeTo(WritableByteChannel out) throws IOException;
    }

    /** Writes the content once, here, and hashes what is written. What fails to be written is never in the store. */
    public StoredArtifact put(Content content) throws IOException {
        Path file = folder.path().resolve(String.valueOf(files.size()));
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            var hashing = new HashingChannel(channel);
            content.writeTo(hashing);
            disk.syncFile(channel);
            String digest = Hex.encodeHexString(hashing.sha.digest());
            files.putIfAbsent(digest, file);
            return new StoredArtifact(digest, channel.size());
        }
    }

    private static final class HashingChannel implements WritableByteChannel {
        private final FileChannel file;
        private final MessageDigest sha = DigestUtils.getSha256Digest();

        HashingChannel(FileChannel file) {
            this.file = file;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            ByteBuffer written = bytes.duplicate();
            int count = file.write(bytes);
            sha.update(written.limit(bytes.position()));
            return count;
        }

        @Override
        public boolean isOpen() {
            return file.isOpen();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /** Streams the content to disk; memory use does not depend on its length. */
    public StoredArtifact put(InputStream content) throws IOException {
        return put((Content) out -> {
            byte[] buffer = new byte[BUFFER];
            for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                for (ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n); bytes.hasRemaining(); ) {
                    out.write(bytes);
                }
            }
        });
    }

    /** As {@link #put(InputStream)}, from a file, which stays where it is. */
    public StoredArtifact put(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return put(in);
        }
    }

    /** Of all that was put. */
    public Set<String> digests() {
        return Set.copyOf(files.keySet());
    }

    /** Moves everything into the store; on disk afterwards. */
    public void take() throws IOException {
        for (Map.Entry<String, Path> file : files.entrySet()) {
            store.take(file.getValue(), file.getKey());
        }
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }
}
