package dev.trmarena.puzzles.set;

import dev.trmarena.puzzles.npy.Npy;
import dev.trmarena.puzzles.npy.NpyArray;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Examples in arrays on disk, mapped. */
final class StoredExamples implements Examples {
    private final NpyArray inputs;
    private final NpyArray identifiers;
    private final int length;
    private final Function<String, Path> files;
    private final boolean labelled;
    private volatile @Nullable NpyArray labels;

    /** @param labelled whether there are labels among the files */
    StoredExamples(int length, Function<String, Path> files, boolean labelled) throws IOException {
        this.length = length;
        this.files = files;
        this.labelled = labelled;
        this.inputs = Npy.open(files.apply(PuzzleSetManifest.INPUTS));
        this.identifiers = Npy.open(files.apply(PuzzleSetManifest.PUZZLE_IDENTIFIERS));
    }

    @Override
    public int count() {
        return (int) identifiers.count();
    }

    @Override
    public long bytes() {
        return 0;
    }

    @Override
    public byte[] input(int example) {
        return row(inputs, example);
    }

    @Override
    public boolean isLabelled() {
        return labelled;
    }

    /** Opened when first asked for: solvers need none. */
    @Override
    public byte[] label(int example) {
        NpyArray open = labels;
        if (open == null) {
            try {
                open = Npy.open(files.apply(PuzzleSetManifest.LABELS));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read the labels: " + e.getMessage(), e);
            }
            labels = open;
        }
        return row(open, example);
    }

    private byte[] row(NpyArray array, int example) {
        byte[] row = new byte[length];
        for (int i = 0; i < length; i++) {
            row[i] = (byte) array.longAt((long) example * length + i);
        }
        return row;
    }

    @Override
    public int identifier(int example) {
        return (int) identifiers.longAt(example);
    }
}
