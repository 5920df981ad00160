package dev.trmarena.http.admit;

import dev.trmarena.http.refuse.Problem;
import io.vertx.core.MultiMap;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a body may say that it is: JSON, or a piece of a file where files come in. A form of any page can send text and form fields
 * anywhere without asking; for these two types a browser asks first, and is told no.
 */
public final class BodyTypes {
    /** As the tus protocol calls a piece of a file. */
    static final String PIECE = "application/offset+octet-stream";

    private static final String JSON = "application/json";
    private static final String UPLOADS = "/api/uploads";
    private static final int UNSUPPORTED = 415;

    private BodyTypes() {}

    /** @return null for the right one, and where there is no body */
    static @Nullable Problem refuses(@Nullable String path, MultiMap headers) {
        if (!hasBody(headers)) {
            return null;
        }
        String wanted = isUpload(path) ? PIECE : JSON;
        String type = headers.get("Content-Type");
        if (type != null
                && type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(wanted)) {
            return null;
        }
        return Problem.of(
                UNSUPPORTED,
                null,
                "Content-Type",
                "the content type is " + (type == null ? "missing" : "'" + shown(type) + "'"),
                isUpload(path)
                        ? "send the bytes of the file with Content-Type: " + PIECE
                        : "send JSON with Content-Type: " + JSON);
    }

    /** Whether files come in there. */
    public static boolean isUpload(@Nullable String path) {
        return path != null && (path.equals(UPLOADS) || path.startsWith(UPLOADS + "/"));
    }

    /** Whether there is more to a request than its head. */
    public static boolean hasBody(MultiMap headers) {
        String length = headers.get("Content-Length");
        return headers.contains("Transfer-Encoding")
                || length != null && !length.strip().equals("0");
    }

    private static String shown(String type) {
        return type.length() <= 100 ? type : type.substring(0, 100) + "…";
    }
}
