package dev.trmarena.supervise;

import dev.trmarena.limits.Printable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The last lines that a process printed: so many, each so long at most, and none of them with a secret of its environment. */
public final class LastLines {
    private static final int MOST = 60;
    private static final int LONGEST = 1000;
    private static final int BYTES = 64 * 1024;
    /** Shorter ones are as likely to be words of the log. */
    private static final int SHORTEST_SECRET = 6;

    private static final Pattern SECRET =
            Pattern.compile("(?i).*(token|password|passwd|secret|credential|_key|apikey).*");

    private final Deque<String> lines = new ArrayDeque<>();
    private final List<String> secrets;

    /** @param environment of the process; what its names call secret does not stand in a line */
    public LastLines(Map<String, String> environment) {
        secrets = environment.entrySet().stream()
                .filter(entry -> SECRET.matcher(entry.getKey()).matches())
                .map(Map.Entry::getValue)
                .filter(value -> value.length() >= SHORTEST_SECRET)
                .toList();
    }

    /** @param line without its end */
    public synchronized void add(String line) {
        String shown = line;
        for (String secret : secrets) {
            shown = shown.replace(secret, "***");
        }
        shown = Printable.line(shown);
        lines.add(shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST) + "…");
        if (lines.size() > MOST) {
            lines.remove();
        }
    }

    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /**
     * Adds the end of a log; of one that cannot be read, why.
     *
     * @param from where what the process printed begins, in bytes
     */
    public void addFrom(Path log, long from) {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            long end = file.length();
            // A log that is shorter than it was has been begun anew.
            long begin = Math.max(from <= end ? from : 0, end - BYTES);
            byte[] bytes = new byte[(int) (end - begin)];
            file.seek(begin);
            file.readFully(bytes);
            new String(bytes, StandardCharsets.UTF_8).lines().forEach(this::add);
        } catch (IOException e) {
            add("(" + log + " cannot be read: " + e.getMessage() + ")");
        }
    }

    /** How long a log is now; 0 when there is none. */
    public static long end(Path log) {
        try {
            return Files.exists(log) ? Files.size(log) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
