package dev.trmarena.puzzles.build;

import dev.trmarena.puzzles.npy.Npy;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An array of tokens that is written row by row, one byte or eight a token. */
final class TokenFile implements AutoCloseable {
    private final OutputStream out;
    private final int width;

    /** @param type {@code u1} or {@code i8} */
    TokenFile(Path file, String type, int rows, int length) throws IOException {
        this.out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        this.width = type.charAt(1) - '0';
        out.write(Npy.header(type, rows, length));
    }

    void write(byte[] tokens) {
        byte[] bytes = tokens;
        if (width > 1) {
            bytes = new byte[tokens.length * width];
            for (int i = 0; i < tokens.length; i++) {
                bytes[i * width] = tokens[i];
            }
        }
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write tokens: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
