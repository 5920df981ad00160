package dev.trmarena.puzzles.set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.trmarena.limits.OtherFile;
import dev.trmarena.limits.ReadLimits;
import dev.trmarena.puzzles.InputProblem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A CSV with a header that is known, its fields quoted where they need it, between commas, semicolons or tabs; read line by line. */
public final class CsvTable {
    private static final CsvMapper CSV = CsvMapper.builder(CsvFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(ReadLimits.CSV_LINE)
                            .build())
                    .build())
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .build();

    private final String name;
    private final Path file;
    private final String header;

    /** @param header the first line, between commas */
    public CsvTable(Path file, String header) {
        this.name = String.valueOf(file.getFileName());
        this.file = file;
        this.header = header;
    }

    /** Takes a line, which may have any number of fields. */
    @FunctionalInterface
    public interface Line {
        void take(int line, String[] fields);
    }

    /**
     * Reads the whole file once.
     *
     * @param action gets every line that is not empty, from line 2
     * @return the last line
     * @throws InputProblem when it is no such CSV
     */
    public int read(Line action) throws IOException {
        int line = 1;
        requireBytes();
        try (CsvText text = CsvText.open(file);
                MappingIterator<String[]> rows = CSV.readerFor(String[].class)
                        .with(CsvSchema.emptySchema().withColumnSeparator(text.separator()))
                        .readValues(text)) {
            requireHeader(rows.hasNextValue() ? rows.nextValue() : new String[0]);
            while (rows.hasNextValue()) {
                String[] fields = rows.nextValue();
                line++;
                if (fields.length > 1 || !fields[0].isEmpty()) {
                    action.take(line, fields);
                }
            }
        } catch (CharacterCodingException e) {
            throw bad(line, "it is not UTF-8 text");
        } catch (CsvText.LineTooLong e) {
            throw bad(line + 1, String.valueOf(e.getMessage()));
        } catch (JsonProcessingException e) {
            // What ends a reader in the middle of a row comes wrapped.
            boolean tooLong = e.getCause() instanceof CsvText.LineTooLong;
            throw bad(line + 1, (tooLong ? "" : "it is not CSV: ") + e.getOriginalMessage());
        } catch (RuntimeJsonMappingException e) {
            throw bad(line + 1, "it is not CSV: " + e.getMessage());
        }
        return line;
    }

    private void requireBytes() throws IOException {
        long bytes = Files.size(file);
        if (bytes > ReadLimits.CSV_BYTES) {
            throw new InputProblem(
                    name,
                    null,
                    "it has " + bytes + " bytes, at most " + ReadLimits.CSV_BYTES + " are read",
                    "Import it as several puzzle sets.");
        }
        OtherFile other = bytes == 0 ? null : OtherFile.of(file).orElse(null);
        if (other != null
                && !other.what().equals("it is a CSV")
                && !other.what().equals("it is text")) {
            throw new InputProblem(name, null, other.what() + ", not a CSV", other.remedy());
        }
    }

    private void requireHeader(String[] found) {
        if (found.length == 0) {
            throw new InputProblem(name, null, "the file is empty", "Begin with the line " + header + ".");
        }
        String line = String.join(",", found).strip();
        if (!line.equalsIgnoreCase(header)) {
            String shown = line.length() > 60 ? line.substring(0, 60) + "…" : line;
            throw new InputProblem(name, "line 1", "it is '" + shown + "'", "Begin with the line " + header + ".");
        }
    }

    private InputProblem bad(int line, String problem) {
        return bad(name, line, problem, header);
    }

    static InputProblem bad(String name, int line, String problem, String header) {
        return new InputProblem(name, "line " + line, problem, "Correct the line; the form is " + header + ".");
    }
}
