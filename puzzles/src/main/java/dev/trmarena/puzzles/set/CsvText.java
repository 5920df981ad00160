package dev.trmarena.puzzles.set;

import dev.trmarena.limits.ReadLimits;
import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The text of a CSV as spreadsheets write it: with a byte-order mark or without, commas, semicolons or tabs; no line is longer than is read. */
final class CsvText extends FilterReader {
    private static final char BYTE_ORDER_MARK = '\ufeff';
    /** Enough for any header. */
    private static final int LOOKED_AT = 4096;

    private final char separator;
    private int inLine;

    /** A line has more characters than are read. */
    static final class LineTooLong extends IOException {
        private static final long serialVersionUID = 1;

        LineTooLong() {
            super("the line has more than " + ReadLimits.CSV_LINE + " characters, which is as much as is read");
        }
    }

    private CsvText(BufferedReader in) throws IOException {
        super(in);
        in.mark(LOOKED_AT);
        char[] head = new char[LOOKED_AT];
        int length = Math.max(0, in.read(head, 0, LOOKED_AT));
        in.reset();
        if (length > 0 && head[0] == BYTE_ORDER_MARK) {
            in.skip(1);
        }
        separator = separator(new String(head, 0, length).lines().findFirst().orElse(""));
    }

    /** @throws java.nio.charset.CharacterCodingException here or later, when it is not UTF-8 */
    static CsvText open(Path file) throws IOException {
        BufferedReader reader = Files.newBufferedReader(file);
        try {
            return new CsvText(reader);
        } catch (IOException e) {
            reader.close();
            throw e;
        }
    }

    /** The one that is most often in the header. */
    private static char separator(String header) {
        char most = ',';
        for (char each : new char[] {';', '\t'}) {
            if (count(header, each) > count(header, most)) {
                most = each;
            }
        }
        return most;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    char separator() {
        return separator;
    }

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(char[] into, int from, int length) throws IOException {
        int read = in.read(into, from, length);
        for (int i = from; i < from + read; i++) {
            inLine = into[i] == '\n' || into[i] == '\r' ? 0 : inLine + 1;
            if (inLine > ReadLimits.CSV_LINE) {
                throw new LineTooLong();
            }
        }
        return read;
    }
}
