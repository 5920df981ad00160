package dev.trmarena.artifacts.store;

import dev.trmarena.artifacts.store.LockedFolders.LockedFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.MessageDigestAlgorithms;

/**
 * A local folder of files named by the SHA-256 of their content: {@code sha256/ab/abcd…}. An artifact appears whole or not
 * at all: it is written beside, synced to disk, then renamed, then the folder of its new name is synced.
 */
public final class ArtifactStore {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final String ARTIFACTS = "sha256";

    private final Path root;
    private final Disk disk;
    private final LockedFolders incoming;
    /** Artifacts that this process has read whole and found to be what their names say; they never change. */
    private final Set<String> verified = ConcurrentHashMap.newKeySet();

    public ArtifactStore(Path root) {
        this(root, new Disk());
    }

    ArtifactStore(Path root, Disk disk) {
        this.root = root.toAbsolutePath().normalize();
        this.disk = disk;
        this.incoming = new LockedFolders(this.root.resolve("incoming"));
    }

    /** Begins to bring files in; nothing of it is in the store before it is taken. */
    public IncomingArtifacts begin() throws IOException {
        return new IncomingArtifacts(this, disk, incoming.open());
    }

    /** Streams the content to disk; memory use does not depend on its length. */
    public StoredArtifact put(InputStream content) throws IOException {
        try (IncomingArtifacts one = begin()) {
            StoredArtifact stored = one.put(content);
            one.take();
            return stored;
        }
    }

    /** As {@link #put(InputStream)}, from a file, which stays where it is. */
    public StoredArtifact put(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return put(in);
        }
    }

    /**
     * Brings an artifact of another store here. It is read whole on the way.
     *
     * @throws ArtifactMissing when the other store has no such artifact, or not any more
     * @throws ArtifactDamaged when its content there is not what its name says; it is not here then
     */
    public StoredArtifact copy(ArtifactStore from, String digest) throws IOException {
        Path source = from.path(digest);
        try (IncomingArtifacts one = begin()) {
            StoredArtifact stored = one.put(source);
            if (!stored.digest().equals(digest)) {
                throw new ArtifactDamaged(source, stored.digest());
            }
            one.take();
            return stored;
        } catch (NoSuchFileException e) {
            if (!from.has(digest)) {
                var missing = new ArtifactMissing(digest, from.root);
                missing.initCause(e);
                throw missing;
            }
            throw e;
        }
    }

    /**
     * Moves a file into the store without copying it; on disk under its new name afterwards.
     *
     * @param file synced to disk, on the file system of the store; not there afterwards
     * @param digest SHA-256 of its content, which is not checked again
     */
    public void take(Path file, String digest) throws IOException {
        Path folder = folder(digest);
        disk.createFolders(folder, root);
        disk.rename(file, folder.resolve(digest));
        disk.syncFolder(folder);
    }

    /**
     * Writes a byte and removes it again.
     *
     * @throws IOException when artifacts cannot be put here; it says why
     */
    public void tryWriting() throws IOException {
        try (LockedFolder folder = incoming.open()) {
            Files.write(folder.path().resolve("tried"), new byte[1]);
        }
    }

    /** Removes what processes that were killed had begun to bring in. */
    public FreedSpace sweepIncoming() throws IOException {
        return incoming.sweep();
    }

    /** What {@link #claim} wrote. */
    public Optional<String> owner() throws IOException {
        try {
            return Optional.of(Files.readString(ownerFile()).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Says whose artifacts these are, for whoever would remove those that nobody owns. */
    public void claim(String owner) throws IOException {
        try (LockedFolder folder = incoming.open()) {
            Path file = folder.path().resolve("owner");
            try (FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap((owner + "\n").getBytes(StandardCharsets.UTF_8)));
                disk.syncFile(channel);
            }
            disk.rename(file, ownerFile());
            disk.syncFolder(root);
        }
    }

    /** Where {@link #claim} writes. */
    public Path ownerFile() {
        return root.resolve("owner");
    }

    /** Of everything that lies here, whether somebody needs it or not. */
    public Set<String> digests() throws IOException {
        Set<String> digests = new HashSet<>();
        Path all = root.resolve(ARTIFACTS);
        if (Files.isDirectory(all)) {
            try (Stream<Path> files = Files.walk(all, 2)) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> SHA256.matcher(name).matches())
                        .forEach(digests::add);
            }
        }
        return digests;
    }

    /** Length of an artifact; 0 when there is none. */
    public long bytes(String digest) {
        return locate(digest).toFile().length();
    }

    public boolean has(String digest) {
        return Files.isRegularFile(locate(digest));
    }

    /** Where it lies, or would. */
    public Path file(String digest) {
        return locate(digest);
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
        try {
            return new DigestUtils(MessageDigestAlgorithms.SHA_256).digestAsHex(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Removes an artifact; nothing happens when there is none. */
    public FreedSpace delete(String digest) throws IOException {
        Path file = locate(digest);
        long bytes = Files.isRegularFile(file) ? Files.size(file) : 0;
        return Files.deleteIfExists(file) ? new FreedSpace(1, bytes) : FreedSpace.NOTHING;
    }

    private Path locate(String digest) {
        return folder(digest).resolve(digest);
    }

    private Path folder(String digest) {
        if (!SHA256.matcher(digest).matches()) {
            throw new IllegalArgumentException("not a SHA-256 in lower-case hex: '" + digest + "'");
        }
        return root.resolve(ARTIFACTS).resolve(digest.substring(0, 2));
    }
}
