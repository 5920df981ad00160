package dev.trmarena.artifacts.archive;

import dev.trmarena.limits.CountedStream;
import dev.trmarena.limits.Quote;
import dev.trmarena.limits.ReadLimits;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/** Goes through the plain files of a zip or tar file, in their order; how much is read of it follows from its size. */
final class ArchiveEntries {
    private final Path archive;
    private final FileKind kind;
    private long left;

    ArchiveEntries(Path archive, FileKind kind) throws IOException {
        this.archive = archive;
        this.kind = kind;
        this.left = ReadLimits.UNPACKED_FREE + Files.size(archive) * ReadLimits.UNPACKED_RATIO;
    }

    /** Told of each file. */
    interface Visitor {
        /** Whether its content is to be read. */
        boolean wants(String name);

        /**
         * @param content read as far as the visitor likes; of a zip, what was read to its end is held to its checksum afterwards
         * @throws BadArchive when it is not what was expected
         */
        void visit(String name, InputStream content) throws BadArchive, IOException;
    }

    /** Once. @throws BadArchive when it is damaged, or more than its size allows */
    void visit(Visitor visitor) throws BadArchive, IOException {
        switch (kind) {
            case ZIP -> zip(visitor);
            case TAR -> tar(visitor, false);
            case GZIP -> tar(visitor, true);
            default -> throw new IllegalArgumentException("not an archive: " + kind);
        }
    }

    private void zip(Visitor visitor) throws BadArchive, IOException {
        var names = new PackedNames();
        try (BoundedZip zip = BoundedZip.open(archive)) {
            for (ZipArchiveEntry entry : zip.entries()) {
                if (entry.isDirectory() || !names.take(entry.getName()) || !visitor.wants(entry.getName())) {
                    continue;
                }
                if (entry.isUnixSymlink()) {
                    requireUnnamed(entry.getName(), link(entry.getName()));
                    continue;
                }
                BadArchive unread = unread(entry);
                if (unread != null) {
                    requireUnnamed(entry.getName(), unread);
                    continue;
                }
                var checksum = new CRC32();
                try (InputStream in = new CheckedInputStream(zip.zip().getInputStream(entry), checksum)) {
                    visitor.visit(entry.getName(), new Metered(in));
                    if (in.read() < 0) {
                        BoundedZip.requireChecksum(entry, checksum.getValue());
                    }
                }
            }
        }
    }

    /** What is called like a checkpoint or a configuration was meant to be read. */
    private static void requireUnnamed(String name, BadArchive problem) throws BadArchive {
        if (PackedNames.isCalledCheckpoint(name) || PackedNames.isYaml(name)) {
            throw problem;
        }
    }

    /** Others need libraries that are not here, and nobody packs checkpoints by them. */
    private static @Nullable BadArchive unread(ZipArchiveEntry entry) {
        boolean encrypted = entry.getGeneralPurposeBit().usesEncryption();
        boolean known = entry.getMethod() == ZipArchiveEntry.STORED || entry.getMethod() == ZipArchiveEntry.DEFLATED;
        return known && !encrypted
                ? null
                : new BadArchive(
                        "entry " + Quote.of(entry.getName()),
                        encrypted
                                ? "it is encrypted"
                                : "it is packed by method " + entry.getMethod()
                                        + "; stored and deflated entries are read",
                        "Pack the files again, by deflate and without a password.");
    }

    private void tar(Visitor visitor, boolean gzip) throws BadArchive, IOException {
        var names = new PackedNames();
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
                var headers = new HeaderStream(gzip ? member(file) : file);
                var tar = new TarArchiveInputStream(headers)) {
            for (TarArchiveEntry entry = next(tar, headers); entry != null; entry = next(tar, headers)) {
                var content = new Metered(tar);
                if (!entry.isDirectory() && names.take(entry.getName()) && visitor.wants(entry.getName())) {
                    if (!entry.isFile() || entry.isLink() || entry.isSymbolicLink() || entry.isSparse()) {
                        requireUnnamed(entry.getName(), link(entry.getName()));
                    } else {
                        visitor.visit(entry.getName(), content);
                    }
                }
                content.readToEnd();
            }
        }
    }

    /** One member: a reader of all of them calls itself for each, and fifty thousand empty ones are a megabyte. */
    private static InputStream member(InputStream file) throws IOException {
        return new GzipCompressorInputStream(file);
    }

    /** Headers can carry long names and attributes, which the reader keeps in memory. */
    private static @Nullable TarArchiveEntry next(TarArchiveInputStream tar, HeaderStream headers) throws IOException {
        headers.left = ReadLimits.TAR_HEADER_BYTES;
        TarArchiveEntry entry = tar.getNextEntry();
        headers.left = Long.MAX_VALUE;
        return entry;
    }

    private static BadArchive link(String name) {
        return new BadArchive(
                "entry " + Quote.of(name), "it is not a plain file", "Pack the files themselves, without links.");
    }

    /** More than a file of this size unpacks to. */
    static final class TooMuch extends IOException {
        private static final long serialVersionUID = 1;

        TooMuch() {
            super("it unpacks to more than " + ReadLimits.UNPACKED_RATIO + " times its size");
        }
    }

    /** The content of a file; what is read of it is counted. */
    private final class Metered extends CountedStream {
        Metered(InputStream in) {
            super(in);
        }

        @Override
        protected void count(int bytes) throws IOException {
            left -= bytes;
            if (left < 0) {
                throw new TooMuch();
            }
        }

        void readToEnd() throws IOException {
            byte[] buffer = new byte[1 << 16];
            while (read(buffer, 0, buffer.length) >= 0) {
                continue;
            }
        }
    }

    private static final class HeaderStream extends CountedStream {
        private long left = ReadLimits.TAR_HEADER_BYTES;

        HeaderStream(InputStream in) {
            super(in);
        }

        @Override
        protected void count(int bytes) throws IOException {
            left -= bytes;
            if (left < 0) {
                throw new IOException("an entry's header is larger than " + ReadLimits.TAR_HEADER_BYTES + " bytes");
            }
        }

        @Override
        public long skip(long count) throws IOException {
            // Read, so that it counts: a tar reader skips what it does not want.
            byte[] buffer = new byte[(int) Math.min(Math.max(0, count), 1 << 13)];
            return buffer.length == 0 ? 0 : Math.max(0, read(buffer, 0, buffer.length));
        }
    }
}
