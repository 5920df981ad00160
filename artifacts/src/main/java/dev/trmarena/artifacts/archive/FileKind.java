package dev.trmarena.artifacts.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What a file is by its first bytes; its name says nothing reliable. */
public enum FileKind {
    ZIP,
    GZIP,
    TAR,
    /** {@code torch.save} before version 1.6: several pickles in a row, no zip. */
    LEGACY_TORCH,
    /** Safetensors have no mark, so it may be one. */
    OTHER;

    private static final byte[] LEGACY = {(byte) 0x80, 2, (byte) 0x8a, 0x0a};
    private static final int TAR_MARK = 257;

    public static FileKind of(Path file) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(512);
        }
        if (startsWith(head, 0, new byte[] {'P', 'K'})) {
            return ZIP;
        }
        if (startsWith(head, 0, new byte[] {0x1f, (byte) 0x8b})) {
            return GZIP;
        }
        if (startsWith(head, 0, LEGACY)) {
            return LEGACY_TORCH;
        }
        return startsWith(head, TAR_MARK, "ustar".getBytes(StandardCharsets.US_ASCII)) ? TAR : OTHER;
    }

    private static boolean startsWith(byte[] bytes, int from, byte[] mark) {
        return bytes.length >= from + mark.length
                && Arrays.equals(bytes, from, from + mark.length, mark, 0, mark.length);
    }
}
