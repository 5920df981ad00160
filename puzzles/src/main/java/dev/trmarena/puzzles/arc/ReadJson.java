package dev.trmarena.puzzles.arc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trmarena.limits.CountedStream;
import dev.trmarena.limits.ReadLimits;
import dev.trmarena.puzzles.InputProblem;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON files of puzzle sets within {@link ReadLimits}: whole as a tree, or the fields of the outermost object one by one. The
 * same key twice in one object is an error. A file whose name ends with {@code .gz} is unpacked while it is read.
 */
public final class ReadJson {
    // A table of the names seen so far would be as large as all of them, and grow by copies of itself.
    static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(ReadLimits.JSON_DEPTH)
                            .maxStringLength(ReadLimits.JSON_TEXT)
                            .maxNameLength(ReadLimits.JSON_TEXT)
                            .build())
                    .build())
            .build();

    /** How the parser calls its limits means nothing to a reader. */
    private static final Pattern NAME_OF_A_LIMIT = Pattern.compile(", from `[^`]*`\\)");

    private static final String TOO_MUCH = "Check what wrote it: no puzzle set needs as much.";

    private ReadJson() {}

    /** Takes a field of the outermost object. */
    public interface Field {
        void take(String name, JsonNode value) throws IOException;
    }

    /**
     * A whole file.
     *
     * @param name of the file in messages
     * @param mostBytes of it, unpacked
     * @throws InputProblem when it is not JSON or more than is read
     */
    public static JsonNode tree(Path file, String name, long mostBytes) throws IOException {
        try (JsonParser parser = parser(file, name, mostBytes)) {
            parser.nextToken();
            JsonNode tree = JSON.readTree(parser);
            return tree == null ? JSON.missingNode() : tree;
        } catch (JsonProcessingException e) {
            throw problem(name, e);
        }
    }

    /**
     * A whole file but for what stands under other keys than are asked for, which may be of any length and costs nothing.
     *
     * @param mostValues JSON values and brackets that are kept
     * @param keys which keys of objects are read, at any depth
     * @throws InputProblem as {@link #tree(Path, String, long)}
     */
    public static JsonNode tree(Path file, String name, long mostBytes, int mostValues, Predicate<String> keys)
            throws IOException {
        try (var parser = new CountedJson(parser(file, name, mostBytes), mostValues, keys)) {
            parser.begin(name);
            parser.nextToken();
            JsonNode tree = JSON.readTree(parser);
            return tree == null ? JSON.missingNode() : tree;
        } catch (JsonProcessingException e) {
            throw problem(name, e);
        }
    }

    /**
     * The fields of the outermost object in the order of the file; only one of them is in memory at a time.
     *
     * @param mostValues JSON values and brackets of a field
     * @throws InputProblem when the file is not a JSON object or more than is read
     */
    public static void fields(Path file, String name, long mostBytes, int mostValues, Field action) throws IOException {
        try (var parser = new CountedJson(parser(file, name, mostBytes), mostValues, key -> true)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InputProblem(name, null, "it is not a JSON object", "Write the file anew; it is damaged.");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.begin(field);
                parser.nextToken();
                action.take(field, JSON.readTree(parser));
                parser.begin("");
            }
        } catch (JsonProcessingException e) {
            throw problem(name, e);
        }
    }

    /**
     * One value after the other, each on a line of its own: JSON lines.
     *
     * @param mostValues JSON values and brackets of a line
     * @return to be closed
     * @throws InputProblem as {@link #tree(Path, String, long)}
     */
    public static JsonLines lines(Path file, String name, long mostBytes, int mostValues) throws IOException {
        return new JsonLines(new CountedJson(parser(file, name, mostBytes), mostValues, key -> true), name);
    }

    /** To be closed. @throws InputProblem when the file has more bytes than are read */
    static JsonParser parser(Path file, String name, long mostBytes) throws IOException {
        boolean packed = name.endsWith(".gz");
        if (!packed && Files.size(file) > mostBytes) {
            throw tooMuch(name, null, "it has " + Files.size(file) + " bytes, at most " + mostBytes + " are read");
        }
        InputStream stream = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            return JSON.createParser(new Bounded(packed ? new GzipCompressorInputStream(stream) : stream, mostBytes));
        } catch (IOException e) {
            stream.close();
            throw new InputProblem(name, null, "it is not packed by gzip, as its name says", "Copy the file again.");
        }
    }

    static InputProblem problem(String name, JsonProcessingException e) {
        String line = e.getLocation() == null ? null : "line " + e.getLocation().getLineNr();
        String problem = String.valueOf(e.getOriginalMessage());
        if (e instanceof StreamConstraintsException) {
            return tooMuch(
                    name,
                    line,
                    "it is more than is read: "
                            + NAME_OF_A_LIMIT.matcher(problem).replaceAll(")"));
        }
        boolean twice = problem.startsWith("Duplicate field");
        return new InputProblem(
                name,
                line,
                (twice ? "a name is there twice: " : "it is not JSON: ") + problem,
                twice ? "Each name must be unique; remove one." : "Write the file anew; it is damaged.");
    }

    private static InputProblem tooMuch(String name, @Nullable String place, String problem) {
        return new InputProblem(name, place, problem, TOO_MUCH);
    }

    /** Ends with an error when more is unpacked than is read. */
    private static final class Bounded extends CountedStream {
        private final long most;
        private long seen;

        Bounded(InputStream in, long most) {
            super(in);
            this.most = most;
        }

        @Override
        protected void count(int bytes) throws IOException {
            seen += bytes;
            if (seen > most) {
                throw new StreamConstraintsException("more than " + most + " bytes");
            }
        }
    }
}
