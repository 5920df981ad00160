package dev.trmarena.puzzles.set;

import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.set.CsvRows.Shape;
import dev.trmarena.puzzles.set.PuzzleSetImport.ImportedSet;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A CSV of Sudokus or mazes becomes a puzzle set, in its order. Its rows go to disk as they come. */
final class PuzzleCsv {
    private final Path file;
    private final Path folder;

    PuzzleCsv(Path file, Path folder) {
        this.file = file;
        this.folder = folder;
    }

    ImportedSet read(@Nullable PuzzleKind wanted) throws IOException {
        Path inputFile = folder.resolve(PuzzleSetManifest.INPUTS);
        Path labelFile = folder.resolve(PuzzleSetManifest.LABELS);
        Path identifierFile = folder.resolve(PuzzleSetManifest.PUZZLE_IDENTIFIERS);
        var rows = new CsvRows(file, wanted).lookingForSecondSolutions();
        Shape shape;
        // How many rows there will be is known at the end; a header has the same length whatever their number.
        byte[] header = Npy.header("u1", 0, 0);
        try (OutputStream inputs = new BufferedOutputStream(Files.newOutputStream(inputFile), 1 << 16);
                OutputStream labels = new BufferedOutputStream(Files.newOutputStream(labelFile), 1 << 16)) {
            inputs.write(header);
            labels.write(header);
            shape = rows.read(row -> {
                try {
                    inputs.write(row.question());
                    labels.write(row.answer());
                } catch (IOException e) {
                    throw new UncheckedIOException("cannot write " + file.getFileName(), e);
                }
            });
        }
        int count = shape.count();
        finish(inputFile, header.length, count, shape.length());
        finish(labelFile, header.length, count, shape.length());
        Npy.writeInt32(identifierFile, new int[count], count);
        return new ImportedSet(
                PuzzleSetManifest.stored(
                        shape.kind(), shape.length(), shape.vocabSize(), 1, 0, count, count, shape.side()),
                Map.of(
                        PuzzleSetManifest.INPUTS, inputFile,
                        PuzzleSetManifest.LABELS, labelFile,
                        PuzzleSetManifest.PUZZLE_IDENTIFIERS, identifierFile),
                rows.warnings(),
                rows.warningCount());
    }

    private static void finish(Path array, int headerLength, int... sizes) throws IOException {
        byte[] header = Npy.header("u1", sizes);
        if (header.length != headerLength) {
            throw new IllegalStateException("a header of " + header.length + " bytes, not " + headerLength);
        }
        try (var out = new RandomAccessFile(array.toFile(), "rw")) {
            out.write(header);
        }
    }
}
