package dev.trmarena.ingest.upload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;

/** Writes a partial file from its standard input as an ingest process does, to be killed while it is at it. */
public final class WriteInAnotherProcess {
    private WriteInAnotherProcess() {}

    /** @param args folder of the store, id of the upload */
    public static void main(String[] args) throws IOException {
        try (var file = new PartialFiles(Path.of(args[0])).hold(UUID.fromString(args[1]))) {
            if (file == null) {
                throw new IllegalStateException("someone else holds " + args[1]);
            }
            file.append(System.in);
        }
    }

    /** @return the process; what is written to its standard input is the file */
    public static Process start(Path store, String upload) throws IOException {
        return AnotherProcess.start(WriteInAnotherProcess.class, store.toString(), upload);
    }
}
