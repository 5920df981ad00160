package dev.trmarena.puzzles.arc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** JSON lines, one after the other; of the file only one is in memory at a time. */
public final class JsonLines implements AutoCloseable {
    private final CountedJson parser;
    private final String name;
    private int line;

    JsonLines(CountedJson parser, String name) {
        this.parser = parser;
        this.name = name;
    }

    /** @return null behind the last @throws dev.trmarena.puzzles.InputProblem when it is no JSON, or more than is read */
    public @Nullable JsonNode next() throws IOException {
        try {
            parser.begin("line " + (line + 1));
            if (parser.nextToken() == null) {
                return null;
            }
            line = parser.currentTokenLocation().getLineNr();
            return ReadJson.JSON.readTree(parser);
        } catch (JsonProcessingException e) {
            throw ReadJson.problem(name, e);
        }
    }

    /** The number of the line that was read last, from 1. */
    public int line() {
        return line;
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
