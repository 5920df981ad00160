package dev.trmarena.ingest.hub;

import dev.trmarena.db.plan.Origin;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.limits.Quote;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file as its hub describes it, before the first byte of it comes.
 *
 * @param bytes at least 1
 * @param digest SHA-256 of what is kept beside git (64 hexadecimal digits), or what git calls a blob (40)
 */
record HubFile(String fileName, long bytes, String digest, Origin origin) {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern CHECKPOINT =
            Pattern.compile("(?i)step_\\d+|.*\\.(pt|pth|ckpt|bin|safetensors|zip|tar|tgz|tar\\.gz)|[^.]*");
    private static final int LISTED = 20;

    /** @throws Refusal 404 naming what there is to choose from, when it names a folder; else as {@link AskHub#head} does */
    static HubFile find(AskHub hub, HubName name) throws IOException {
        if (name.path().isEmpty()) {
            throw folder(hub, name);
        }
        HttpURLConnection head;
        try {
            head = hub.head(name);
        } catch (Refusal e) {
            if (e.problem().status() == AskHub.NOT_FOUND) {
                throw folderOr(hub, name, e);
            }
            throw e;
        }
        try {
            return of(hub, name, head);
        } finally {
            head.disconnect();
        }
    }

    /** The same; empty where there is no such file. */
    static Optional<HubFile> findIfThere(AskHub hub, HubName name) throws IOException {
        try {
            HttpURLConnection head = hub.head(name);
            try {
                return Optional.of(of(hub, name, head));
            } finally {
                head.disconnect();
            }
        } catch (Refusal e) {
            if (e.problem().status() == AskHub.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static HubFile of(AskHub hub, HubName name, HttpURLConnection head) {
        String linked = head.getHeaderField("X-Linked-Etag");
        String digest = digest(linked == null ? head.getHeaderField("ETag") : linked);
        long bytes = bytes(head);
        String commit = String.valueOf(head.getHeaderField("X-Repo-Commit"));
        if (!COMMIT.matcher(commit).matches() || !DIGEST.matcher(digest).matches()) {
            throw new Refusal(
                    AskHub.UNPROCESSABLE,
                    "the hub does not say of which commit " + name + " is, or which digest it has",
                    "download it, look at it, and upload it");
        }
        if (bytes < 1) {
            throw Refusal.file(
                    AskHub.UNPROCESSABLE, name.fileName(), null, "the file is empty", "name a file that has content");
        }
        var origin = new Origin(
                hub.hub(),
                name.home(),
                name.path(),
                name.revision(),
                commit,
                hub.address(name.at(commit).pagePath()).toString());
        return new HubFile(name.fileName(), bytes, digest, origin);
    }

    private static String digest(@Nullable String tag) {
        return String.valueOf(tag).replaceFirst("^W/", "").replace("\"", "");
    }

    private static long bytes(HttpURLConnection head) {
        String linked = head.getHeaderField("X-Linked-Size");
        if (linked != null && linked.matches("\\d{1,18}")) {
            return Long.parseLong(linked);
        }
        return head.getContentLengthLong();
    }

    private static Refusal folderOr(AskHub hub, HubName name, Refusal missing) throws IOException {
        try {
            return folder(hub, name);
        } catch (Refusal e) {
            // It is no folder either.
            return missing;
        }
    }

    private static Refusal folder(AskHub hub, HubName name) throws IOException {
        List<String> files = HubFolder.list(hub, name).files().stream()
                .map(HubFolder.File::path)
                .filter(path -> CHECKPOINT
                        .matcher(path.substring(path.lastIndexOf('/') + 1))
                        .matches())
                .map(Quote::of)
                .toList();
        return new Refusal(
                AskHub.NOT_FOUND,
                name + " is a folder" + (files.isEmpty() ? " without a checkpoint in it" : ""),
                files.isEmpty() ? "name the file itself" : "name one of its checkpoints: " + named(files));
    }

    private static String named(List<String> files) {
        String first = String.join(", ", files.subList(0, Math.min(LISTED, files.size())));
        return files.size() <= LISTED ? first : first + " and " + (files.size() - LISTED) + " more";
    }
}
