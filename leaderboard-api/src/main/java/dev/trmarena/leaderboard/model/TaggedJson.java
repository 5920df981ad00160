package dev.trmarena.leaderboard.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Answers that whoever has them already gets without a body. */
@Singleton
class TaggedJson {
    private static final int TAG_BYTES = 16;

    private final ObjectMapper json;

    TaggedJson(ObjectMapper json) {
        this.json = json;
    }

    /** The value with a tag made from its JSON: equal values have equal tags, whichever process answers. 304 where it is known. */
    Response answer(Request request, Object value) {
        byte[] body = write(value);
        // Weak: the same answer compressed and not.
        var tag = new EntityTag(tag(body), true);
        Response.ResponseBuilder known = request.evaluatePreconditions(tag);
        return (known == null ? Response.ok(body) : known)
                .tag(tag)
                // Whoever keeps it asks each time whether it still is the one.
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .build();
    }

    private byte[] write(Object value) {
        try {
            return json.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer cannot be written as JSON", e);
        }
    }

    private static String tag(byte[] body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return HexFormat.of().formatHex(Arrays.copyOf(digest, TAG_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
