package dev.trmarena.ingest.upload;

import dev.trmarena.http.refuse.Refusal;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** The boundary around everything that reads what was sent: what it ends with is an answer, also where that is no exception. */
final class ReadUpload {
    private static final Logger LOG = Logger.getLogger(ReadUpload.class);
    private static final int UNPROCESSABLE = 422;
    private static final int FAILED = 500;

    private ReadUpload() {}

    /**
     * @param file what is read, for messages
     * @throws Refusal 422 when reading runs out of stack, 500 when it lacks a library; what ends a JVM is thrown as it is
     */
    static <T> T guarded(String file, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (StackOverflowError e) {
            // Its trace is a thousand lines of the same.
            LOG.warnf("reading %s ran out of stack", file);
            throw Refusal.file(
                    UNPROCESSABLE,
                    file,
                    null,
                    "what it holds is nested too deeply to be read",
                    "check what wrote it: no honest file is like that");
        } catch (LinkageError | AssertionError e) {
            LOG.errorf("reading %s ended with %s", file, e);
            throw Refusal.file(
                    FAILED,
                    file,
                    null,
                    "it cannot be read here: the server lacks a part that it needs",
                    "pack or save the file in another way; the log of ingest says which part");
        }
    }
}
