package dev.trmarena.ingest.upload;

import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.ingest.names.PlainName;
import dev.trmarena.limits.Quote;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The name that a sender gives a file: shown to people, never used as a path. */
final class FileName {
    private static final int MAX_LENGTH = 255;
    private static final String REMEDY =
            "send Upload-Metadata: filename, a space, and the name of the file, without folders, in Base64";

    private FileName() {}

    /** @param metadata value of {@code Upload-Metadata}: keys with a Base64 value each, separated by commas; null when absent */
    static String fromMetadata(@Nullable String metadata) {
        if (metadata == null) {
            return "upload";
        }
        for (String item : metadata.split(",", -1)) {
            String[] keyAndValue = item.strip().split(" ", 2);
            if (keyAndValue[0].equals("filename") && keyAndValue.length == 2) {
                return checked(decode(keyAndValue[1]));
            }
        }
        return "upload";
    }

    private static String checked(String given) {
        String name = PlainName.composed(given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1)
                .strip());
        if (!PlainName.fits(name, MAX_LENGTH)) {
            throw new Refusal(400, "Upload-Metadata: '" + Quote.of(given) + "' is not a file name", REMEDY);
        }
        return name;
    }

    private static String decode(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, "Upload-Metadata: '" + Quote.of(base64) + "' is not Base64", REMEDY);
        }
    }
}
