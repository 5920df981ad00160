package dev.trmarena.arena.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file of a hub on its way to the platform.
 *
 * @param upload null when it was only looked for
 * @param digest as the hub says
 */
public record Fetch(
        @Nullable String upload,
        String fileName,
        long bytes,
        long offset,
        String digest,
        State state,
        @Nullable Problem problem,
        Origin origin) {
    /** As the platform has it. */
    public enum State {
        FOUND,
        WAITING,
        FETCHING,
        WHOLE,
        FAILED;

        @JsonValue
        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Why nothing came. */
    public record Problem(String problem, String remedy) {}

    /** Where the file is, at the commit that it is fetched at. */
    public record Origin(String commit, String page) {}

    /**
     * What is to be fetched.
     *
     * @param from {@code hf://OWNER/REPO/PATH@REVISION}
     * @param config likewise; null: the one that lies beside it
     * @param dryRun true: only tells what would be fetched
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Request(
            String from, @Nullable String config, @Nullable Boolean dryRun) {}

    /** What lies in a folder of a hub. */
    public record Folder(List<InFolder> files, List<RawTasks> rawTasks) {}

    /** ARC tasks of one subset, with what to fetch. */
    public record RawTasks(String subset, List<InFolder> files) {}

    /** @param from to be fetched by @param path in the repository, or among the files of the set */
    public record InFolder(String from, String path, long bytes) {}

    /** @param config null: none lies beside it */
    public record Both(Fetch file, @Nullable Fetch config) {}
}
