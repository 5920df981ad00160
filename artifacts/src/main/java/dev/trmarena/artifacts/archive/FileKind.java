package dev.trmarena.artifacts.archive;

import dev.trmarena.limits.ReadLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

/** What a file is by its first bytes; its name says nothing reliable. */
public enum FileKind {
    ZIP,
    GZIP,
    TAR,
    /** {@code torch.save} before version 1.6: several pickles in a row, no zip. */
    LEGACY_TORCH,
    /** Safetensors have no mark, so it may be one. */
    OTHER;

    /** Bytes of its beginning by which a file is known. */
    static final int HEAD = 512;

    /** What {@code torch.save} may write first into its zip. */
    private static final Pattern FIRST_OF_TORCH = Pattern.compile(
            "(?:[^/]+/)?(?:data\\.pkl|data/.*|\\.data/.*|byteorder|version|\\.format_version|\\.storage_alignment)");

    /** Of a zip: the mark of a file's header, and where the length of its name and its name are. */
    private static final byte[] ENTRY = {'P', 'K', 3, 4};

    private static final int NAME_LENGTH = 26;
    private static final int NAME = 30;
    private static final byte[] LEGACY = {(byte) 0x80, 2, (byte) 0x8a, 0x0a};
    private static final int TAR_MARK = 257;

    public static FileKind of(Path file) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(HEAD);
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

    /** Whether a file that begins so is what {@code torch.save} or safetensors writes; a zip of other things is none. */
    static boolean isCheckpoint(byte[] head) {
        if (startsWith(head, 0, LEGACY)) {
            return true;
        }
        ByteBuffer bytes = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        if (startsWith(head, 0, ENTRY) && head.length > NAME) {
            int length = Math.min(bytes.getShort(NAME_LENGTH) & 0xffff, head.length - NAME);
            return FIRST_OF_TORCH
                    .matcher(new String(head, NAME, length, StandardCharsets.UTF_8))
                    .matches();
        }
        // Safetensors: the length of a JSON object, and the object.
        return head.length > Long.BYTES
                && head[Long.BYTES] == '{'
                && bytes.getLong(0) > 1
                && bytes.getLong(0) <= ReadLimits.SAFETENSORS_HEADER_BYTES;
    }

    private static boolean startsWith(byte[] bytes, int from, byte[] mark) {
        return bytes.length >= from + mark.length
                && Arrays.equals(bytes, from, from + mark.length, mark, 0, mark.length);
    }
}
