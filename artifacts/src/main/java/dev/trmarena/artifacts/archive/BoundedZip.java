package dev.trmarena.artifacts.archive;

import dev.trmarena.limits.Quote;
import dev.trmarena.limits.ReadLimits;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * A zip file whose directory was read with a budget: a directory of gigabytes would be read into memory whole otherwise.
 * Entries are those of the central directory, each name once.
 */
public final class BoundedZip implements Closeable {
    /** The record that ends a zip: its mark, its size, and its size with the longest comment. */
    private static final int END_MARK = 0x06054b50;

    private static final int END = 22;
    private static final int MAX_END = END + 0xffff;

    /** What to do about a file of which a part is missing or damaged. */
    public static final String AGAIN = "Upload it again; compare its size with the original.";

    private final ZipFile zip;
    private final FileChannel file;
    private final long size;
    private final List<ZipArchiveEntry> entries;

    private BoundedZip(ZipFile zip, FileChannel file, long size, List<ZipArchiveEntry> entries) {
        this.zip = zip;
        this.file = file;
        this.size = size;
        this.entries = Collections.unmodifiableList(entries);
    }

    /**
     * @throws BadArchive when it is no zip, is damaged, has a name twice, or a directory larger than any honest one
     */
    public static BoundedZip open(Path file) throws BadArchive, IOException {
        var channel = new BudgetedChannel(FileChannel.open(file, StandardOpenOption.READ));
        try {
            requireEnd(channel.file);
            // The local headers repeat the directory; where they differ, only the directory counts.
            ZipFile zip = ZipFile.builder()
                    .setSeekableByteChannel(channel)
                    .setIgnoreLocalFileHeader(true)
                    .get();
            var entries = Collections.list(zip.getEntries());
            requireDifferentNames(entries);
            channel.budget = Long.MAX_VALUE;
            return new BoundedZip(zip, channel.file, channel.size(), new ArrayList<>(entries));
        } catch (BadArchive | IOException | RuntimeException e) {
            channel.close();
            if (e instanceof BadArchive bad) {
                throw bad;
            }
            throw new BadArchive(
                    "the zip directory",
                    "the zip is truncated or damaged: " + deepest(e).getMessage(),
                    AGAIN);
        }
    }

    /** Looked for first, in one read: in a truncated file the reader would look for it step by step, a read each. */
    private static void requireEnd(FileChannel file) throws BadArchive, IOException {
        long from = Math.max(0, file.size() - MAX_END);
        ByteBuffer tail = ByteBuffer.allocate((int) (file.size() - from)).order(ByteOrder.LITTLE_ENDIAN);
        while (tail.hasRemaining() && file.read(tail, from + tail.position()) >= 0) {
            continue;
        }
        for (int at = tail.position() - END; at >= 0; at--) {
            if (tail.getInt(at) == END_MARK) {
                return;
            }
        }
        throw new BadArchive(
                "the zip directory", "it is missing at the end of the file: the zip is truncated or damaged", AGAIN);
    }

    /** The reader wraps what it meets in sentences that say nothing. */
    private static Throwable deepest(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static void requireDifferentNames(List<ZipArchiveEntry> entries) throws BadArchive {
        var names = new HashSet<String>();
        for (ZipArchiveEntry entry : entries) {
            if (!names.add(entry.getName())) {
                throw new BadArchive(
                        "entry " + Quote.of(entry.getName()),
                        "there are two entries of this name",
                        "Write the file again with torch.save, or pack it again.");
            }
        }
    }

    public List<ZipArchiveEntry> entries() {
        return entries;
    }

    public ZipFile zip() {
        return zip;
    }

    /**
     * Where the bytes of an uncompressed entry lie.
     *
     * @return position of the first byte in the file; all of them lie within it
     * @throws BadArchive when they would not
     */
    public long dataOffset(ZipArchiveEntry entry) throws BadArchive {
        long offset;
        try {
            // Opened raw, nothing is read but the local header that tells where the data begins.
            zip.getRawInputStream(entry).close();
            offset = entry.getDataOffset();
        } catch (IOException | RuntimeException e) {
            offset = -1;
        }
        if (offset < 0 || entry.getSize() < 0 || offset > size - entry.getSize()) {
            throw new BadArchive(
                    "entry " + Quote.of(entry.getName()),
                    "its " + entry.getSize() + " bytes do not lie within the file of " + size,
                    AGAIN);
        }
        return offset;
    }

    /** @throws BadArchive when the bytes of an entry are not those that its checksum was made of */
    static void requireChecksum(ZipArchiveEntry entry, long checksum) throws BadArchive {
        if (entry.getCrc() != checksum) {
            throw new BadArchive(
                    "entry " + Quote.of(entry.getName()),
                    String.format(
                            Locale.ROOT,
                            "its bytes are damaged: their checksum is %08x, the directory says %08x",
                            checksum,
                            entry.getCrc()),
                    "Upload it again. If torch.serialization.set_crc32_options(False) was said where it was saved, save it"
                            + " again without.");
        }
    }

    /**
     * Reads some of the uncompressed entries whole and compares their checksums.
     *
     * @throws BadArchive when one is damaged, or when they overlap
     */
    public void requireChecksums(Predicate<ZipArchiveEntry> wanted) throws BadArchive, IOException {
        long left = size;
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
        for (ZipArchiveEntry entry : entries) {
            if (!wanted.test(entry)) {
                continue;
            }
            long offset = dataOffset(entry);
            left -= entry.getSize();
            if (left < 0) {
                throw new BadArchive(
                        "entry " + Quote.of(entry.getName()),
                        "entries overlap: together they have more bytes than the file",
                        AGAIN);
            }
            requireChecksum(entry, checksum(offset, entry.getSize(), buffer));
        }
    }

    private long checksum(long offset, long bytes, ByteBuffer buffer) throws IOException {
        var checksum = new CRC32();
        for (long at = offset; at < offset + bytes; ) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), offset + bytes - at));
            int read = file.read(buffer, at);
            if (read < 0) {
                throw new EOFException("the file ends at byte " + at);
            }
            checksum.update(buffer.flip());
            at += read;
        }
        return checksum.getValue();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    /** Ends with an error when more is read than the budget allows. */
    private static final class BudgetedChannel implements SeekableByteChannel {
        private final FileChannel file;
        private long budget = ReadLimits.ZIP_DIRECTORY_BYTES;

        BudgetedChannel(FileChannel file) {
            this.file = file;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            int read = file.read(into);
            budget -= Math.max(0, read);
            if (budget < 0) {
                throw new IOException("its directory is larger than " + ReadLimits.ZIP_DIRECTORY_BYTES + " bytes");
            }
            return read;
        }

        @Override
        public int write(ByteBuffer from) {
            throw new UnsupportedOperationException("read only");
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public SeekableByteChannel position(long position) throws IOException {
            file.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public SeekableByteChannel truncate(long length) {
            throw new UnsupportedOperationException("read only");
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
}
