package dev.trmarena.puzzles.set;

import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.set.CsvRows.Shape;
import dev.trmarena.puzzles.set.PuzzleSetImport.ImportedSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A CSV of Sudokus or mazes becomes a puzzle set, in its order. */
final class PuzzleCsv {
    private final Path file;
    private final Path folder;

    PuzzleCsv(Path file, Path folder) {
        this.file = file;
        this.folder = folder;
    }

    ImportedSet read(@Nullable PuzzleKind wanted) throws IOException {
        var inputs = new ByteArrayOutputStream();
        var labels = new ByteArrayOutputStream();
        Shape shape = new CsvRows(file, wanted).read(row -> {
            inputs.writeBytes(row.question());
            labels.writeBytes(row.answer());
        });
        Path inputFile = folder.resolve(PuzzleSetManifest.INPUTS);
        Path labelFile = folder.resolve(PuzzleSetManifest.LABELS);
        Path identifierFile = folder.resolve(PuzzleSetManifest.PUZZLE_IDENTIFIERS);
        int count = shape.count();
        Npy.writeUint8(inputFile, inputs.toByteArray(), count, shape.length());
        Npy.writeUint8(labelFile, labels.toByteArray(), count, shape.length());
        Npy.writeInt32(identifierFile, new int[count], count);
        return new ImportedSet(
                PuzzleSetManifest.stored(
                        shape.kind(), shape.length(), shape.vocabSize(), 1, 0, count, count, shape.side()),
                Map.of(
                        PuzzleSetManifest.INPUTS, inputFile,
                        PuzzleSetManifest.LABELS, labelFile,
                        PuzzleSetManifest.PUZZLE_IDENTIFIERS, identifierFile));
    }
}
