package dev.trmarena.http.refuse;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.JsonPointerBasedFilter;
import com.fasterxml.jackson.core.filter.TokenFilter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads every {@link JsonRequest}. That a body says it is JSON was seen to before ({@code admit}); one that is not as described gets an
 * answer that names the line.
 */
@Provider
@Consumes(MediaType.WILDCARD)
public final class JsonBody implements MessageBodyReader<Object> {
    private static final int MALFORMED = 400;
    private static final int TOO_LONG = 413;
    /** More no request may have, whatever it is read as. */
    public static final int MOST_BYTES = 1 << 20;

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    private final Validator validator;

    JsonBody(Validator validator) {
        this.validator = validator;
    }

    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type.isAnnotationPresent(JsonRequest.class);
    }

    /** @throws Refusal 400 with line and column when the body is not such JSON, 413 when it is too long */
    @Override
    public Object readFrom(
            Class<Object> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> httpHeaders,
            InputStream entityStream) {
        try {
            byte[] body =
                    bytes(entityStream, type.getAnnotation(JsonRequest.class).mostBytes());
            requireText(body);
            Object value = JSON.readValue(body, type);
            if (value == null) {
                throw malformed("the body is null", "line 1");
            }
            Set<ConstraintViolation<Object>> violations = validator.validate(value);
            if (!violations.isEmpty()) {
                throw broken(Violations.of(violations), body);
            }
            return value;
        } catch (JsonMappingException e) {
            throw malformed(
                    e instanceof ValueInstantiationException && e.getCause() != null
                            ? String.valueOf(e.getCause().getMessage())
                            : e.getOriginalMessage(),
                    place(e.getLocation()));
        } catch (JsonProcessingException e) {
            throw malformed("it is not JSON: " + e.getOriginalMessage(), place(e.getLocation()));
        } catch (IOException e) {
            throw new UncheckedIOException("the body of a request broke off", e);
        }
    }

    private static byte[] bytes(InputStream body, int most) throws IOException {
        byte[] bytes = body.readNBytes(most + 1);
        if (bytes.length > most) {
            throw new Refusal(tooLong(most));
        }
        return bytes;
    }

    /** What a body of more bytes is answered with. */
    public static Problem tooLong(int most) {
        return Problem.of(
                TOO_LONG,
                null,
                null,
                "the JSON of this request is larger than " + most + " bytes",
                "send files to POST /api/uploads and name them here by their upload id");
    }

    /** Escaped, JSON may hold what no database takes. */
    private static void requireText(byte[] body) throws IOException {
        try (JsonParser parser = JSON.createParser(body)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                boolean text = token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME;
                if (text && !isText(parser.getText())) {
                    throw malformed("a text has a NUL or half a character in it", place(parser.currentTokenLocation()));
                }
            }
        }
    }

    private static boolean isText(String text) {
        return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static Refusal broken(Violations violations, byte[] body) throws IOException {
        return Refusal.file(
                MALFORMED,
                "request body",
                place(find(body, violations.pointer())),
                violations.problem(),
                violations.remedy());
    }

    /** Where a value stands; of one that is missing, where the object begins that should have it. */
    private static JsonLocation find(byte[] body, String pointer) throws IOException {
        TokenFilter filter = pointer.isEmpty() ? TokenFilter.INCLUDE_ALL : new JsonPointerBasedFilter(pointer);
        try (var parser = new FilteringParserDelegate(
                JSON.createParser(body), filter, TokenFilter.Inclusion.ONLY_INCLUDE_ALL, false)) {
            return parser.nextToken() != null || pointer.isEmpty()
                    ? parser.currentTokenLocation()
                    : find(body, pointer.substring(0, pointer.lastIndexOf('/')));
        }
    }

    private static String place(@Nullable JsonLocation location) {
        return location == null
                ? "line 1"
                : "line " + Math.max(1, location.getLineNr()) + ", column " + Math.max(1, location.getColumnNr());
    }

    private static Refusal malformed(String problem, String place) {
        return Refusal.file(MALFORMED, "request body", place, problem, Violations.AS_DESCRIBED);
    }
}
