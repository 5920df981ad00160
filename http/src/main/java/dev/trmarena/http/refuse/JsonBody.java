package dev.trmarena.http.refuse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Reads the JSON of a request. By hand, because the server has no limit on body sizes (uploads are gigabytes) and because a
 * malformed body gets an answer that names the line.
 */
public final class JsonBody {
    private static final int MAX_BYTES = 1 << 20;
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    private JsonBody() {}

    /** @throws Refusal 400 with line and column when the body is not such JSON, 413 above 1 MiB */
    public static <T> T read(InputStream body, Class<T> type) {
        try {
            byte[] bytes = body.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new Refusal(
                        413,
                        "the JSON of this request is larger than " + MAX_BYTES + " bytes",
                        "send files to POST /api/uploads and name them here by their upload id");
            }
            T value = JSON.readValue(bytes, type);
            if (value == null) {
                throw malformed("the body is null", "line 1");
            }
            return value;
        } catch (JsonMappingException e) {
            throw malformed(
                    e instanceof ValueInstantiationException && e.getCause() != null
                            ? String.valueOf(e.getCause().getMessage())
                            : e.getOriginalMessage(),
                    place(e));
        } catch (JsonProcessingException e) {
            throw malformed("it is not JSON: " + e.getOriginalMessage(), place(e));
        } catch (IOException e) {
            throw new UncheckedIOException("the body of a request broke off", e);
        }
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null
                ? "line 1"
                : "line " + Math.max(1, e.getLocation().getLineNr()) + ", column "
                        + Math.max(1, e.getLocation().getColumnNr());
    }

    private static Refusal malformed(String problem, String place) {
        return Refusal.file(400, "request body", place, problem, "send JSON as described under /q/openapi");
    }
}
