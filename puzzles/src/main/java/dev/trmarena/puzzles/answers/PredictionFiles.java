package dev.trmarena.puzzles.answers;

import dev.trmarena.limits.Quote;
import dev.trmarena.limits.ReadLimits;
import dev.trmarena.puzzles.InputProblem;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a network gave, in arrays as NumPy saves them: a folder with a {@code .npy} each, or one {@code .npz} of {@code numpy.savez}. Other
 * arrays beside these are passed over.
 *
 * @param predictions {@code preds}: tokens, E×L
 * @param qHalt {@code q_halt_logits} or {@code q_halt}: E, or steps×E
 * @param identifiers {@code puzzle_identifiers}: E; null, as {@code inputs}, where the examples are those of the set, in its order
 * @param inputs what the network was given, E×L
 */
record PredictionFiles(
        Path predictions,
        Path qHalt,
        @Nullable Path identifiers,
        @Nullable Path inputs) {
    static final String ARCHIVE = ".npz";

    private static final String ARRAY = ".npy";
    private static final String PREDICTIONS = "preds";
    private static final List<String> Q_HALT = List.of("q_halt_logits", "q_halt");
    private static final String IDENTIFIERS = "puzzle_identifiers";
    private static final String INPUTS = "inputs";
    private static final List<String> ALL = List.of(PREDICTIONS, Q_HALT.get(0), Q_HALT.get(1), IDENTIFIERS, INPUTS);

    private static final String REMEDY =
            "Save them with numpy.savez, not savez_compressed: preds, q_halt_logits, and, unless they are in the order of the puzzle"
                    + " set, puzzle_identifiers and inputs.";

    /** Whether a folder holds predictions, and not results in JSON. */
    static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(PREDICTIONS + ARRAY));
    }

    /**
     * @param source a folder, or an archive
     * @param name for messages
     * @param scratch where an archive is unpacked
     * @throws InputProblem when an array is missing, or the archive is none
     */
    static PredictionFiles find(Path source, String name, Path scratch) throws IOException {
        Map<String, Path> found = Files.isDirectory(source) ? inFolder(source) : unpacked(source, name, scratch);
        Path predictions = found.get(PREDICTIONS);
        Path qHalt = found.getOrDefault(Q_HALT.get(0), found.get(Q_HALT.get(1)));
        if (predictions == null || qHalt == null) {
            throw bad(name, null, "there is no " + (predictions == null ? PREDICTIONS : Q_HALT.get(0)) + " in it");
        }
        Path identifiers = found.get(IDENTIFIERS);
        Path inputs = found.get(INPUTS);
        if ((identifiers == null) != (inputs == null)) {
            throw bad(
                    name,
                    null,
                    "there is " + (inputs == null ? IDENTIFIERS : INPUTS) + " in it, but no "
                            + (inputs == null ? INPUTS : IDENTIFIERS) + ", which it needs");
        }
        return new PredictionFiles(predictions, qHalt, identifiers, inputs);
    }

    /** By the names that the arrays have, in one order. */
    static Map<String, Path> inFolder(Path folder) {
        Map<String, Path> found = new LinkedHashMap<>();
        for (String array : ALL) {
            Path file = folder.resolve(array + ARRAY);
            if (Files.isRegularFile(file)) {
                found.put(array, file);
            }
        }
        return found;
    }

    /**
     * From its beginning to its end: the directory behind it, which may be of any length, is not looked at. What is not compressed unpacks
     * to no more than was sent.
     */
    private static Map<String, Path> unpacked(Path archive, String name, Path scratch) throws IOException {
        Map<String, Path> found = new LinkedHashMap<>();
        Files.createDirectories(scratch);
        try (var zip = new ZipInputStream(new BufferedInputStream(Files.newInputStream(archive), 1 << 16))) {
            int entries = 0;
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (++entries > ReadLimits.ARCHIVE_ENTRIES) {
                    throw bad(name, null, "it has more than " + ReadLimits.ARCHIVE_ENTRIES + " entries");
                }
                if (entry.getMethod() != ZipEntry.STORED) {
                    throw bad(name, "'" + Quote.of(entry.getName()) + "'", "it is compressed");
                }
                String array = entry.getName().endsWith(ARRAY)
                        ? entry.getName().substring(0, entry.getName().length() - ARRAY.length())
                        : "";
                if (!ALL.contains(array)) {
                    continue;
                }
                Path file = scratch.resolve(array + ARRAY);
                if (found.putIfAbsent(array, file) != null) {
                    throw bad(name, array, "it is there twice");
                }
                Files.copy(zip, file);
            }
        } catch (ZipException | EOFException e) {
            throw bad(name, null, "it is no archive as NumPy writes it: " + e.getMessage());
        }
        return found;
    }

    private static InputProblem bad(String name, @Nullable String place, String problem) {
        return new InputProblem(name, place, problem, REMEDY);
    }
}
