package dev.trmarena.puzzles.arc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import dev.trmarena.limits.Quote;
import java.io.IOException;
import java.util.function.Predicate;

/**
 * Ends with an error where a field holds more values than are read: a tree of empty lists takes twenty times its text. Passes over the
 * keys that nobody asked for.
 */
final class CountedJson extends JsonParserDelegate {
    private final int most;
    private final Predicate<String> keys;
    private String field = "";
    private int seen;

    CountedJson(JsonParser parser, int most, Predicate<String> keys) {
        super(parser);
        this.most = most;
        this.keys = keys;
    }

    void begin(String name) {
        field = name;
        seen = 0;
    }

    @Override
    public JsonToken nextToken() throws IOException {
        if (++seen > most) {
            throw new StreamConstraintsException(
                    "'" + Quote.of(field) + "' holds more than " + most + " values", currentLocation());
        }
        JsonToken token = super.nextToken();
        while (token == JsonToken.FIELD_NAME && !keys.test(delegate.currentName())) {
            delegate.nextToken();
            delegate.skipChildren();
            token = super.nextToken();
        }
        return token;
    }
}
