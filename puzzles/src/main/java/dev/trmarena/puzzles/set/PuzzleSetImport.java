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
     * @param warnings what is odd about the input, the first few, each a sentence that names the line
     * @param warningCount those and all others
     */
    public record ImportedSet(
            PuzzleSetManifest manifest, Map<String, Path> files, List<String> warnings, int warningCount) {
        public ImportedSet {
            files = Map.copyOf(files);
            warnings = List.copyOf(warnings);
        }

        /** Nothing is odd about it. */
        public ImportedSet(PuzzleSetManifest manifest, Map<String, Path> files) {
            this(manifest, files, List.of(), 0);
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
            if (!Files.isDirectory(source)) {
                return new PuzzleCsv(source, folder).read(kind);
            }
            ImportedSet imported = Files.exists(source.resolve(PuzzleSetManifest.MANIFEST))
                    ? CompactDirectory.read(source)
                    : new DatasetDirectory(source, folder).read(kind);
            if (imported.manifest().kind().augmented()) {
                AnswersAtOnce.require(PuzzleSet.ofFiles(imported.manifest(), imported.files()::get));
            }
            return imported;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + source.getFileName() + ": " + e.getMessage(), e);
        }
    }

    static int sideOf(int length) {
        int side = (int) Math.round(Math.sqrt(length));
        return side * side == length && side <= 255 ? side : 0;
    }
}
