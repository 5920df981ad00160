package dev.trmarena.http.pace;

import dev.trmarena.http.admit.BodyTypes;
import io.vertx.core.MultiMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Kinds of requests that take a thread each, and how many of a kind may be under way at once. Together they are fewer than the threads
 * ({@code quarkus.thread-pool.max-threads}), so that none of them waits for one, and none takes what another kind needs.
 */
public enum Lane {
    /** Bytes of files: as slow as their sender. As many as may be unfinished. */
    UPLOADS(64),
    /** What takes its time before it answers: inspections, imports, submissions; removals. */
    WORK(12),
    /** What changes a row or two: cancel, pause, rank. */
    COMMANDS(24),
    /** What is looked up. */
    READS(100);

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> WORKING =
            Set.of("/api/inspections", "/api/puzzle-sets", "/api/evaluations", "/api/fetches");
    private static final String API = "/api/";

    private final int most;

    Lane(int most) {
        this.most = most;
    }

    /** How many requests may be under way in it. */
    public int most() {
        return most;
    }

    /** How many of these may be one sender's. */
    public int mostOfOne() {
        return most / 2;
    }

    /** @return null for what takes no thread: files, and events that are waited for */
    public static @Nullable Lane of(String method, @Nullable String path, MultiMap headers) {
        if (path == null || !path.startsWith(API)) {
            return null;
        }
        if (READING.contains(method)) {
            return path.endsWith("/events") ? null : READS;
        }
        if (BodyTypes.isUpload(path) && BodyTypes.hasBody(headers)) {
            return UPLOADS;
        }
        boolean removes = method.equals("DELETE") && !BodyTypes.isUpload(path);
        return removes || WORKING.contains(path) ? WORK : COMMANDS;
    }
}
