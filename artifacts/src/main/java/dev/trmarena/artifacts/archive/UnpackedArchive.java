package dev.trmarena.artifacts.archive;

import dev.trmarena.limits.Quote;
import dev.trmarena.limits.ReadLimits;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint and its configuration, copied out of a zip or tar file under names of our own into a folder that close
 * deletes. Streams; how much disk it may take follows from the size of the archive.
 */
public final class UnpackedArchive implements Closeable {
    private final Path folder;
    private final PackedNames names = new PackedNames();
    private long left;

    private UnpackedArchive(Path folder, long archiveBytes) {
        this.folder = folder;
        this.left = ReadLimits.UNPACKED_FREE + archiveBytes * ReadLimits.UNPACKED_RATIO;
    }

    /**
     * @param folder is made, and deleted by close
     * @throws BadArchive when it holds no checkpoint, more than one, or more than its size allows
     */
    public static UnpackedArchive unpack(Path archive, FileKind kind, Path folder) throws BadArchive, IOException {
        var unpacked = new UnpackedArchive(Files.createDirectory(folder), Files.size(archive));
        try {
            switch (kind) {
                case ZIP -> unpacked.zip(archive);
                case TAR -> unpacked.tar(archive, false);
                case GZIP -> unpacked.tar(archive, true);
                default -> throw new IllegalArgumentException("not an archive: " + kind);
            }
            unpacked.names.checkpoint();
            return unpacked;
        } catch (BadArchive | IOException | RuntimeException e) {
            unpacked.close();
            if (e instanceof BadArchive bad) {
                throw bad;
            }
            throw new BadArchive(null, "the archive is truncated or damaged: " + e.getMessage(), BoundedZip.AGAIN);
        }
    }

    public Path checkpoint() {
        return folder.resolve("checkpoint");
    }

    /** Its name in the archive. */
    public String checkpointName() throws BadArchive {
        return names.checkpoint();
    }

    /** Null when the archive has none. */
    public @Nullable Path config() {
        return names.config() == null ? null : folder.resolve(PackedNames.CONFIG);
    }

    private void zip(Path archive) throws BadArchive, IOException {
        try (BoundedZip zip = BoundedZip.open(archive)) {
            for (ZipArchiveEntry entry : zip.entries()) {
                if (!entry.isDirectory() && names.take(entry.getName())) {
                    if (entry.isUnixSymlink()) {
                        throw link(entry.getName());
                    }
                    requireMethod(entry);
                    var checksum = new CRC32();
                    try (InputStream in = new CheckedInputStream(zip.zip().getInputStream(entry), checksum)) {
                        copy(in, entry.getName());
                    }
                    BoundedZip.requireChecksum(entry, checksum.getValue());
                }
            }
        }
    }

    /** Others need libraries that are not here, and nobody packs checkpoints by them. */
    private static void requireMethod(ZipArchiveEntry entry) throws BadArchive {
        if (entry.getMethod() != ZipArchiveEntry.STORED && entry.getMethod() != ZipArchiveEntry.DEFLATED
                || entry.getGeneralPurposeBit().usesEncryption()) {
            throw new BadArchive(
                    "entry " + Quote.of(entry.getName()),
                    entry.getGeneralPurposeBit().usesEncryption()
                            ? "it is encrypted"
                            : "it is packed by method " + entry.getMethod() + "; stored and deflated entries are read",
                    "Pack the files again, by deflate and without a password.");
        }
    }

    private void tar(Path archive, boolean gzip) throws BadArchive, IOException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
                var metered = new MeteredStream(gzip ? member(file) : file);
                var tar = new TarArchiveInputStream(metered)) {
            for (TarArchiveEntry entry = next(tar, metered); entry != null; entry = next(tar, metered)) {
                if (!entry.isDirectory() && names.take(entry.getName())) {
                    if (!entry.isFile() || entry.isLink() || entry.isSymbolicLink() || entry.isSparse()) {
                        throw link(entry.getName());
                    }
                    copy(tar, entry.getName());
                } else {
                    pass(tar);
                }
            }
        }
    }

    /** One member: a reader of all of them calls itself for each, and fifty thousand empty ones are a megabyte. */
    private static InputStream member(InputStream file) throws IOException {
        return new GzipCompressorInputStream(file);
    }

    /** Headers can carry long names and attributes, which the reader keeps in memory. */
    private static @Nullable TarArchiveEntry next(TarArchiveInputStream tar, MeteredStream metered) throws IOException {
        metered.left = ReadLimits.TAR_HEADER_BYTES;
        TarArchiveEntry entry = tar.getNextEntry();
        metered.left = Long.MAX_VALUE;
        return entry;
    }

    private void pass(InputStream in) throws BadArchive, IOException {
        byte[] buffer = new byte[1 << 16];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            spend(n);
        }
    }

    private void copy(InputStream in, String name) throws BadArchive, IOException {
        boolean config = PackedNames.isConfig(name);
        long most = config ? ReadLimits.CONFIGURATION_BYTES : Long.MAX_VALUE;
        try (OutputStream out = Files.newOutputStream(config ? folder.resolve(PackedNames.CONFIG) : checkpoint())) {
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                most -= n;
                if (most < 0) {
                    throw new BadArchive(
                            "entry " + Quote.of(name),
                            "it has more than " + ReadLimits.CONFIGURATION_BYTES
                                    + " bytes, more than any configuration",
                            "Pack the all_config.yaml that the trainer wrote.");
                }
                spend(n);
                out.write(buffer, 0, n);
            }
        }
    }

    private void spend(long bytes) throws BadArchive {
        left -= bytes;
        if (left < 0) {
            throw new BadArchive(
                    null,
                    "it unpacks to more than " + ReadLimits.UNPACKED_RATIO + " times its size",
                    "Upload the checkpoint itself, without packing it.");
        }
    }

    private static BadArchive link(String name) {
        return new BadArchive(
                "entry " + Quote.of(name), "it is not a plain file", "Pack the files themselves, without links.");
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(checkpoint());
        Files.deleteIfExists(folder.resolve(PackedNames.CONFIG));
        Files.deleteIfExists(folder);
    }

    private static final class MeteredStream extends FilterInputStream {
        private long left = ReadLimits.TAR_HEADER_BYTES;

        MeteredStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = in.read(into, from, length);
            left -= Math.max(0, read);
            if (left < 0) {
                throw new IOException("an entry's header is larger than " + ReadLimits.TAR_HEADER_BYTES + " bytes");
            }
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            // Read, so that it counts: a tar reader skips what it does not want.
            byte[] buffer = new byte[(int) Math.min(Math.max(0, count), 1 << 13)];
            return buffer.length == 0 ? 0 : Math.max(0, read(buffer, 0, buffer.length));
        }
    }
}
