package dev.trmarena.limits;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Whatever is read of it is counted; bytes that are skipped are not. */
public abstract class CountedStream extends FilterInputStream {
    protected CountedStream(InputStream in) {
        super(in);
    }

    /**
     * @param bytes that were read just now, at least 0
     * @throws IOException when they are more than may be read; the reader gets none of them
     */
    protected abstract void count(int bytes) throws IOException;

    /** Reads the next bytes, as {@link InputStream#read(byte[], int, int)}; whoever wants to know how that went stands in between. */
    protected int next(byte[] into, int from, int length) throws IOException {
        return in.read(into, from, length);
    }

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public final int read(byte[] into, int from, int length) throws IOException {
        int read = next(into, from, length);
        count(Math.max(0, read));
        return read;
    }
}
