package dev.trmarena.ingest.upload;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Lets so many bytes pass and fails at the next one, so that a file too large never fills the disk. */
final class LimitedStream extends FilterInputStream {
    private final long limit;
    private long passed;

    LimitedStream(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    /** More bytes came than are accepted. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        TooLarge(long limit) {
            super("more than " + limit + " bytes");
        }
    }

    /** The sender went away: not to be confused with a disk that is full. */
    static final class BrokenOff extends IOException {
        private static final long serialVersionUID = 1L;

        BrokenOff(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int got;
        try {
            got = super.read(buffer, offset, length);
        } catch (IOException e) {
            throw new BrokenOff(e);
        }
        count(Math.max(got, 0));
        return got;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(int bytes) throws IOException {
        passed += bytes;
        if (passed > limit) {
            throw new TooLarge(limit);
        }
    }
}
