package dev.trmarena.supervise.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the bytes of a shared library say of it; nothing of it is loaded. */
final class LibraryFile {
    /** An ELF header of 64 bits; those of Mach-O and of Windows' programs are shorter. */
    private static final int HEADER = 64;

    /** How much of a library is mapped at a time. */
    private static final long PIECE = 64L << 20;

    private LibraryFile() {}

    /** For whom it was built, in DJL's words; or that it is no library. */
    static String platform(Path file) throws IOException {
        ByteBuffer header;
        try (InputStream in = Files.newInputStream(file)) {
            header = ByteBuffer.wrap(in.readNBytes(HEADER)).order(ByteOrder.LITTLE_ENDIAN);
        }
        if (header.limit() < HEADER) {
            return "no library: it has " + header.limit() + " bytes";
        }
        if (header.getInt(0) == 0x464c457f) {
            return header.get(4) == 2 ? "linux-" + elf(header.getShort(18) & 0xffff) : "linux of 32 bits";
        }
        return switch (header.getInt(0)) {
            // Mach-O of 64 bits, then one that holds several.
            case 0xfeedfacf -> "osx-" + mach(header.getInt(4));
            case 0xbebafeca -> "osx of several processors";
            default -> (header.getShort(0) & 0xffff) == 0x5a4d ? "win-x86_64" : "no library of any system";
        };
    }

    private static String elf(int machine) {
        return switch (machine) {
            case 62 -> "x86_64";
            case 183 -> "aarch64";
            default -> "processor " + machine;
        };
    }

    private static String mach(int processor) {
        return switch (processor) {
            case 0x01000007 -> "x86_64";
            case 0x0100000c -> "aarch64";
            default -> "processor " + processor;
        };
    }

    /** Whether a C string in it is just this text. */
    static boolean hasText(Path file, String text) throws IOException {
        byte[] wanted = ("\0" + text + "\0").getBytes(StandardCharsets.US_ASCII);
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            for (long begin = 0; begin < size; begin += PIECE) {
                // A text may lie across the end of a piece.
                long length = Math.min(PIECE + wanted.length, size - begin);
                if (contains(channel.map(FileChannel.MapMode.READ_ONLY, begin, length), wanted)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean contains(MappedByteBuffer bytes, byte[] wanted) {
        // The second byte first: zeros are everywhere in a library.
        for (int i = 0; i + wanted.length <= bytes.limit(); i++) {
            if (bytes.get(i + 1) == wanted[1] && matches(bytes, i, wanted)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(MappedByteBuffer bytes, int at, byte[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (bytes.get(at + i) != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
