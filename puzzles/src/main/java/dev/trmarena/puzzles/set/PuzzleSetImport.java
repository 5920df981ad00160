package dev.trmarena.puzzles.set;

import dev.trmarena.puzzles.InputProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what users bring, a CSV, the authors' dataset directory or a compact set, into the one form of {@link PuzzleSetManifest}. */
public final class PuzzleSetImport {
    private PuzzleSetImport() {}

    /**
     * @param manifest without digests
     * @param files the file of each role
     * @param warnings what is odd about the input, each a sentence that names the line
     */
    public record ImportedSet(PuzzleSetManifest manifest, Map<String, Path> files, List<String> warnings) {
        public ImportedSet {
            files = Map.copyOf(files);
            warnings = List.copyOf(warnings);
        }

        /** Nothing is odd about it. */
        public ImportedSet(PuzzleSetManifest manifest, Map<String, Path> files) {
            this(manifest, files, List.of());
        }
    }

    /**
     * @param source a CSV, a directory with {@code test/dataset.json}, or the files of a compact set
     * @param kind what the tokens mean; null to recognise it
     * @param folder where the arrays are written
     * @throws InputProblem when the input is at fault
     */
    public static ImportedSet read(Path source, @Nullable PuzzleKind kind, Path folder) {
        try {
            Files.createDirectories(folder);
            if (Files.isDirectory(source)) {
                return Files.exists(source.resolve(PuzzleSetManifest.MANIFEST))
                        ? CompactDirectory.read(source)
                        : new DatasetDirectory(source, folder).read(kind);
            }
            return new PuzzleCsv(source, folder).read(kind);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + source.getFileName() + ": " + e.getMessage(), e);
        }
    }

    /**
     * What is odd about a CSV, without importing it.
     *
     * @return sentences that name the line
     * @throws InputProblem when it cannot be imported
     */
    public static List<String> warnings(Path csv, @Nullable PuzzleKind kind) throws IOException {
        var rows = new CsvRows(csv, kind).lookingForSecondSolutions();
        rows.read(row -> {});
        return rows.warnings();
    }

    static int sideOf(int length) {
        int side = (int) Math.round(Math.sqrt(length));
        return side * side == length && side <= 255 ? side : 0;
    }
}
