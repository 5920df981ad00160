package dev.trmarena.arena.command;

import dev.trmarena.arena.client.ArenaClient;
import dev.trmarena.arena.client.UploadProgress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Uploads with a bar for each file that is large enough to wait for. */
final class Uploads implements UploadProgress {
    private static final long WORTH_A_BAR = 64 * 1024;

    private final PrintStream out;
    private final boolean shown;

    Uploads(PrintStream out, boolean shown) {
        this.out = out;
        this.shown = shown;
    }

    @Override
    public String upload(ArenaClient client, Path file, String name) throws InterruptedException {
        long size = size(file);
        if (!shown || size < WORTH_A_BAR) {
            return client.upload(file, name, sent -> {});
        }
        var bar = new Terminal(out, "uploading " + name);
        try {
            return client.upload(
                    file, name, sent -> bar.show((double) sent / size, bytes(sent) + " of " + bytes(size)));
        } finally {
            bar.done();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            // The upload itself says what is wrong with the file.
            return 0;
        }
    }

    /** As people say it. */
    static String bytes(long count) {
        if (count < 1_000_000) {
            return String.format(Locale.ROOT, "%.0f kB", count / 1e3);
        }
        return count < 1_000_000_000
                ? String.format(Locale.ROOT, "%.1f MB", count / 1e6)
                : String.format(Locale.ROOT, "%.2f GB", count / 1e9);
    }
}
