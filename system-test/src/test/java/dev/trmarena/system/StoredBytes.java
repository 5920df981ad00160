package dev.trmarena.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What lies in the store of a platform, and what should: counted from the rows and the manifests, not from the list of uses. */
final class StoredBytes {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path artifacts;
    private final Recorded recorded;

    StoredBytes(Platform platform, Recorded recorded) {
        this.artifacts = platform.data().resolve("artifacts");
        this.recorded = recorded;
    }

    /** Every file of the store but the one that says whose it is, by its path; locks and folders on their way included. */
    SortedSet<String> there() throws IOException {
        SortedSet<String> there = new TreeSet<>();
        try (Stream<Path> files = Files.walk(artifacts)) {
            files.filter(file -> Files.isRegularFile(file) && !file.endsWith("owner"))
                    .forEach(file -> there.add(artifacts.relativize(file).toString()));
        }
        return there;
    }

    /** The files that a row, or a manifest that a row names, names. */
    SortedSet<String> named() throws IOException, SQLException {
        SortedSet<String> named = new TreeSet<>();
        for (String set : recorded.lines("select manifest_digest from puzzle_set")) {
            named.add(artifact(set));
            for (JsonNode digest : manifest(set).path("artifacts")) {
                named.add(artifact(digest.asText()));
            }
        }
        for (String checkpoint : recorded.lines("select manifest_digest from checkpoint")) {
            named.add(artifact(checkpoint));
            named.add(artifact(manifest(checkpoint).path("weights").asText()));
        }
        for (String upload : recorded.lines("select digest from upload where digest is not null")) {
            named.add(artifact(upload));
        }
        for (String upload : recorded.lines("select id::text from upload where digest is null")) {
            if (Files.exists(artifacts.resolve("partial").resolve(upload))) {
                named.add("partial/" + upload);
            }
        }
        return named;
    }

    private JsonNode manifest(String digest) throws IOException {
        return JSON.readTree(artifacts.resolve(artifact(digest)).toFile());
    }

    private static String artifact(String digest) {
        return "sha256/" + digest.substring(0, 2) + "/" + digest;
    }
}
