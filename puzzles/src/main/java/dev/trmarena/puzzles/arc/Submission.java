package dev.trmarena.puzzles.arc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.trmarena.puzzles.Grid;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code submission.json} in the Kaggle format: every task, every test output, two attempts; the first again where there is
 * only one candidate, {@code [[0]]} where there is none or where nothing usable was predicted: a grid of no rows is refused
 * there. It is written as test outputs are added, so that nobody has to hold all of it.
 */
public final class Submission {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Grid NOTHING = new Grid(1, 1, new byte[1]);

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final JsonGenerator json;
    private final boolean asAuthors;
    private @Nullable String task;

    /** @param asAuthors leave out test outputs without predictions, as the authors' evaluator does; lists get short */
    public Submission(boolean asAuthors) {
        this.asAuthors = asAuthors;
        try {
            this.json = JSON.createGenerator(written);
            json.writeStartObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds the next test output of a task; those of a task come one behind the other. @param candidates in rank order */
    public void add(String task, List<Grid> candidates) {
        try {
            begin(task);
            if (!candidates.isEmpty() || !asAuthors) {
                Grid first = candidates.isEmpty() ? NOTHING : candidates.get(0);
                json.writeStartObject();
                attempt("attempt_1", first);
                attempt("attempt_2", candidates.size() < 2 ? first : candidates.get(1));
                json.writeEndObject();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void begin(String name) throws IOException {
        if (!name.equals(task)) {
            if (task != null) {
                json.writeEndArray();
            }
            json.writeFieldName(name);
            json.writeStartArray();
            task = name;
        }
    }

    /** A grid of no rows prints as {@code []}. */
    private void attempt(String name, Grid grid) throws IOException {
        Grid sound = grid.rows() == 0 && !asAuthors ? NOTHING : grid;
        json.writeFieldName(name);
        json.writeStartArray();
        for (int[] row : sound.toRows()) {
            json.writeArray(row, 0, row.length);
        }
        json.writeEndArray();
    }

    /** Takes away what was written since the last time; it ends in the middle of the file, but not of a test output. */
    public byte[] taken() {
        try {
            json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] piece = written.toByteArray();
        written.reset();
        return piece;
    }

    /** Nothing is added any more. @return all that was not taken, to the end */
    public byte[] toJson() {
        try {
            // Closes whatever is open.
            json.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] rest = written.toByteArray();
        written.reset();
        return rest;
    }
}
