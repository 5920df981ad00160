package dev.trmarena.limits;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a file is that is not what was asked for, told by its beginning: the commonest mistakes have words of their own. Whether a
 * reader takes the file after all is its own business; it asks here when it cannot.
 *
 * @param what as a sentence about it: {@code it is a PNG picture}
 * @param remedy what its sender does instead
 */
public record OtherFile(String what, String remedy) {
    private static final int LOOKED_AT = 4096;
    private static final Pattern YAML = Pattern.compile("(?m)^\\s*[A-Za-z_][\\w.-]*:(\\s|$)");
    private static final Pattern CSV =
            Pattern.compile("[^\\n]*[^,;\\t\\n][,;\\t][^\\n]*[,;\\t][^\\n]*\\r?(\\n(?s:.*))?");

    private static final String MEANT = "Choose the file that you meant.";
    private static final String PACK = "Unpack it, and pack it as zip, tar or tar.gz, or not at all.";

    private static final OtherFile POINTER = new OtherFile(
            "it is a pointer of Git LFS, not the file that it stands for",
            "Fetch the content (git lfs pull), then upload that.");

    private static final List<Mark> MARKS = List.of(
            new Mark("PNG picture", MEANT, 0x89, 'P', 'N', 'G'),
            new Mark("JPEG picture", MEANT, 0xff, 0xd8, 0xff),
            new Mark("GIF picture", MEANT, 'G', 'I', 'F', '8'),
            new Mark("PDF", MEANT, '%', 'P', 'D', 'F'),
            new Mark("NumPy array (.npy)", MEANT, 0x93, 'N', 'U', 'M', 'P', 'Y'),
            new Mark("HDF5 file", "Save it with torch.save(model.state_dict(), file).", 0x89, 'H', 'D', 'F'),
            new Mark("GGUF file", "Save the weights that it was made from, with torch.save.", 'G', 'G', 'U', 'F'),
            new Mark("7-Zip archive", PACK, '7', 'z', 0xbc, 0xaf),
            new Mark("RAR archive", PACK, 'R', 'a', 'r', '!'),
            new Mark("file packed by xz", PACK, 0xfd, '7', 'z', 'X', 'Z'),
            new Mark("file packed by zstd", PACK, 0x28, 0xb5, 0x2f, 0xfd),
            new Mark("file packed by bzip2", PACK, 'B', 'Z', 'h'));

    private static final class Mark {
        private final OtherFile means;
        private final byte[] bytes;

        Mark(String what, String remedy, int... bytes) {
            this.means = new OtherFile("it is a " + what, remedy);
            this.bytes = new byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                this.bytes[i] = (byte) bytes[i];
            }
        }

        boolean begins(byte[] head) {
            return head.length >= bytes.length && Arrays.equals(head, 0, bytes.length, bytes, 0, bytes.length);
        }
    }

    /** Empty for what looks like none of these. */
    public static Optional<OtherFile> of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in.readNBytes(LOOKED_AT));
        }
    }

    /** Whether it only names another file, which is never what was asked for. */
    public boolean isPointer() {
        return equals(POINTER);
    }

    /** @param head the first bytes of a file, some thousand or all */
    static Optional<OtherFile> of(byte[] head) {
        for (Mark mark : MARKS) {
            if (mark.begins(head)) {
                return Optional.of(mark.means);
            }
        }
        if (head.length >= 512 && isZero(head)) {
            return Optional.of(new OtherFile(
                    "it begins with zeros: a download or a copy was not finished",
                    "Copy it again, then upload it again."));
        }
        return text(head).map(OtherFile::ofText);
    }

    private static OtherFile ofText(String text) {
        String begin = text.strip().toLowerCase(Locale.ROOT);
        if (begin.startsWith("version https://git-lfs")) {
            return POINTER;
        }
        if (begin.startsWith("<!doctype html") || begin.startsWith("<html")) {
            return new OtherFile(
                    "it is an HTML page",
                    "Download the file itself, not the page that shows it: by its raw or download link.");
        }
        if (begin.startsWith("{") || begin.startsWith("[")) {
            return new OtherFile("it is JSON", MEANT);
        }
        if (YAML.matcher(text).lookingAt()) {
            return new OtherFile(
                    "it is YAML, as a configuration is", "Give it as the configuration, and the checkpoint beside it.");
        }
        if (CSV.matcher(text.strip()).matches()) {
            return new OtherFile(
                    "it is a CSV", "A CSV of puzzles is imported as a puzzle set; choose the file that you meant.");
        }
        return new OtherFile("it is text", MEANT);
    }

    private static boolean isZero(byte[] head) {
        for (byte each : head) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    /** The beginning, if all of it is printable UTF-8. */
    private static Optional<String> text(byte[] head) {
        CharsetDecoder utf8 = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer out = CharBuffer.allocate(head.length);
        // Not the end of the input: a character may be cut in two there.
        boolean malformed = utf8.decode(ByteBuffer.wrap(head), out, false).isError();
        String text = out.flip().toString();
        boolean printable =
                text.codePoints().allMatch(c -> c >= ' ' && c != 0x7f || c == '\n' || c == '\r' || c == '\t');
        return malformed || !printable || text.isBlank() ? Optional.empty() : Optional.of(text.replace("\ufeff", ""));
    }
}
