package dev.trmarena.messages;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trmarena.limits.Quote;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * The one JSON codec of the messages. Unknown fields are an error: a reader older than its writer must not guess. Nor are
 * numbers guessed that are missing, are text or have a fraction.
 */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    /** Jackson quotes names of fields, of which a stranger's may have thousands of letters. */
    private static final int LONGEST_PROBLEM = 1000;

    private Json() {}

    public static byte[] write(Object message) {
        try {
            return MAPPER.writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "cannot write " + message.getClass().getSimpleName() + " as JSON", e);
        }
    }

    /**
     * @param bytes null as Kafka's messages without a value have it
     * @throws UncheckedIOException when the bytes are not such a message; the cause names the place
     */
    public static <T> T read(byte @Nullable [] bytes, Class<T> type) {
        try {
            T message = bytes == null ? null : MAPPER.readValue(bytes, type);
            if (message == null) {
                // As Jackson would say it: an error of the text, not of a disk, which might pass.
                throw MismatchedInputException.from(
                        (JsonParser) null, type, bytes == null ? "there is nothing" : "it says null");
            }
            return message;
        } catch (IOException e) {
            throw new UncheckedIOException("no " + type.getSimpleName() + ": " + problem(e), e);
        }
    }

    /** Without Jackson's remark that it hides the text, and with the field. */
    private static String problem(IOException e) {
        String problem = String.valueOf(
                e instanceof JsonProcessingException parsing ? parsing.getOriginalMessage() : e.getMessage());
        boolean inField =
                e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty();
        return Quote.of(
                inField ? problem + ", at " + ((JsonMappingException) e).getPathReference() : problem, LONGEST_PROBLEM);
    }
}
