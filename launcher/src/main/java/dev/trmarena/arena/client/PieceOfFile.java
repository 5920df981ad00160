package dev.trmarena.arena.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** So many bytes of a file from an offset on, read while they are sent. */
record PieceOfFile(Path file, long offset, long bytes) implements Iterable<byte[]> {
    private static final int AT_ONCE = 1 << 16;

    @Override
    public Iterator<byte[]> iterator() {
        return new Iterator<>() {
            private long done;

            @Override
            public boolean hasNext() {
                return done < bytes;
            }

            @Override
            public byte[] next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                byte[] next = read(offset + done, (int) Math.min(AT_ONCE, bytes - done));
                done += next.length;
                return next;
            }
        };
    }

    /** The file is opened each time: nobody tells an iterator that it is not needed any more. */
    private byte[] read(long position, int length) {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        try (FileChannel channel = FileChannel.open(file)) {
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, position + buffer.position()) < 0) {
                    throw new IOException(file + " became shorter while it was sent");
                }
            }
            return buffer.array();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
