package dev.trmarena.ingest.upload;

import dev.trmarena.http.refuse.Refused;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The name that a sender gives a file: shown to people, never used as a path. */
final class FileName {
    private static final int MAX_LENGTH = 255;
    private static final String REMEDY = "send X-File-Name with the URL-encoded name of the file, without folders";

    private FileName() {}

    /** @param header value of {@code X-File-Name}, URL-encoded; null when absent */
    static String fromHeader(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return "upload";
        }
        String name = decode(header);
        name = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        if (name.isBlank() || name.length() > MAX_LENGTH || name.chars().anyMatch(Character::isISOControl)) {
            throw new Refused(400, "'" + header + "' is not a file name", REMEDY);
        }
        return name;
    }

    private static String decode(String header) {
        try {
            return URLDecoder.decode(header, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Refused(400, "'" + header + "' is not URL-encoded", REMEDY);
        }
    }
}
