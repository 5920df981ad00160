package dev.trmarena.artifacts.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * A local folder of files named by the SHA-256 of their content: {@code sha256/ab/abcd…}. An artifact appears whole or not
 * at all: it is written beside, synced to disk, then renamed.
 */
public final class ArtifactStore {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final int BUFFER = 1 << 16;

    private final Path root;
    private final Path incoming;
    /** Artifacts that this process has read whole and found to be what their names say; they never change. */
    private final Set<String> verified = ConcurrentHashMap.newKeySet();

    public ArtifactStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
        this.incoming = this.root.resolve("incoming");
    }

    /** Streams the content to disk; memory use does not depend on its length. */
    public Stored put(InputStream content) throws IOException {
        Files.createDirectories(incoming);
        Path file = incoming.resolve(UUID.randomUUID().toString());
        try {
            MessageDigest sha = sha256();
            long bytes;
            try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), sha);
                byte[] buffer = new byte[BUFFER];
                bytes = 0;
                for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                    out.write(buffer, 0, n);
                    bytes += n;
                }
                channel.force(true);
            }
            String digest = HexFormat.of().formatHex(sha.digest());
            take(file, digest);
            return new Stored(digest, bytes);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** As {@link #put(InputStream)}, from a file, which stays where it is. */
    public Stored put(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return put(in);
        }
    }

    /**
     * Moves a file into the store without copying it.
     *
     * @param file synced to disk, on the file system of the store; not there afterwards
     * @param digest SHA-256 of its content, which is not checked again
     */
    public void take(Path file, String digest) throws IOException {
        Path target = locate(digest);
        Files.createDirectories(target.getParent());
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Writes a byte and removes it again.
     *
     * @throws IOException when artifacts cannot be put here; it says why
     */
    public void tryWriting() throws IOException {
        Files.createDirectories(incoming);
        Path file = incoming.resolve(UUID.randomUUID().toString());
        try {
            Files.write(file, new byte[1]);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    public boolean has(String digest) {
        return Files.isRegularFile(locate(digest));
    }

    /** @throws ArtifactMissing when the store has no such artifact */
    public Path path(String digest) {
        Path path = locate(digest);
        if (!Files.isRegularFile(path)) {
            throw new ArtifactMissing(digest, root);
        }
        return path;
    }

    /**
     * As {@link #path}, for whoever computes with the content: a disk that lost a bit must not make a wrong score. Reads it
     * once in the life of this process, in small pieces; gigabytes take seconds and no memory.
     *
     * @throws ArtifactMissing when the store has no such artifact
     * @throws ArtifactDamaged when its content is not what its name says
     * @throws UncheckedIOException when it cannot be read
     */
    public Path verified(String digest) {
        Path path = path(digest);
        if (!verified.contains(digest)) {
            String found = digestOf(path);
            if (!found.equals(digest)) {
                throw new ArtifactDamaged(path, found);
            }
            verified.add(digest);
        }
        return path;
    }

    private static String digestOf(Path file) {
        MessageDigest sha = sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha.update(buffer, 0, n);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        return HexFormat.of().formatHex(sha.digest());
    }

    /** Removes an artifact; nothing happens when there is none. */
    public void delete(String digest) throws IOException {
        Files.deleteIfExists(locate(digest));
    }

    private Path locate(String digest) {
        if (!SHA256.matcher(digest).matches()) {
            throw new IllegalArgumentException("not a SHA-256 in lower-case hex: '" + digest + "'");
        }
        return root.resolve("sha256").resolve(digest.substring(0, 2)).resolve(digest);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
