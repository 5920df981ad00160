package dev.trmarena.puzzles.answers;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A folder of predicted arrays as one {@code .npz} for the way, as {@code numpy.savez} would write it. The same folder makes the same bytes
 * wherever it is packed, in a browser too.
 */
public final class PackPredictions {
    public static final String ENDING = PredictionFiles.ARCHIVE;

    /** Not the first time that a zip knows: beside that one it would write it again, in the zone of whoever packs. */
    private static final LocalDateTime ALWAYS = LocalDateTime.of(1980, 2, 1, 0, 0);

    private PackPredictions() {}

    /** Whether a folder holds predicted arrays, and not results in JSON. */
    public static boolean isOf(Path folder) {
        return PredictionFiles.isIn(folder);
    }

    /** What fits together is looked at where it is read. */
    public static void pack(Path folder, Path file) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, Path> array :
                    PredictionFiles.inFolder(folder).entrySet()) {
                var entry = new ZipEntry(array.getKey() + ".npy");
                entry.setMethod(ZipEntry.STORED);
                entry.setTimeLocal(ALWAYS);
                entry.setSize(Files.size(array.getValue()));
                entry.setCrc(crc(array.getValue()));
                zip.putNextEntry(entry);
                Files.copy(array.getValue(), zip);
                zip.closeEntry();
            }
        }
    }

    private static long crc(Path file) throws IOException {
        var crc = new CRC32();
        try (var out = new CheckedOutputStream(OutputStream.nullOutputStream(), crc)) {
            Files.copy(file, out);
        }
        return crc.getValue();
    }
}
