package dev.trmarena.ingest.upload;

import dev.trmarena.limits.CountedStream;
import java.io.IOException;
import java.io.InputStream;

/** Lets so many bytes pass and fails at the next one, so that a file too large never fills the disk. */
final class LimitedStream extends CountedStream {
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
    protected int next(byte[] into, int from, int length) throws IOException {
        try {
            return super.next(into, from, length);
        } catch (IOException e) {
            throw new BrokenOff(e);
        }
    }

    @Override
    protected void count(int bytes) throws IOException {
        passed += bytes;
        if (passed > limit) {
            throw new TooLarge(limit);
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
