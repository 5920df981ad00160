package dev.trmarena.arena.up;

import dev.trmarena.limits.Printable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The last lines of a log, which say why a process ended: they are for a terminal, whatever is in them. */
final class LogTail {
    private static final int BYTES = 8 * 1024;

    private LogTail() {}

    static String of(Path log, int lines) {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            byte[] end = new byte[(int) Math.min(BYTES, file.length())];
            file.seek(file.length() - end.length);
            file.readFully(end);
            List<String> all = Arrays.asList(
                    new String(end, StandardCharsets.UTF_8).stripTrailing().split("\n"));
            return all.subList(Math.max(0, all.size() - lines), all.size()).stream()
                    .map(Printable::line)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            return "(" + log + " cannot be read: " + e.getMessage() + ")";
        }
    }
}
