package dev.trmarena.solver.adapt;

import dev.trmarena.artifacts.safetensors.SafetensorsFile;
import dev.trmarena.artifacts.safetensors.SafetensorsOutput;
import dev.trmarena.artifacts.safetensors.TensorInfo;
import dev.trmarena.artifacts.safetensors.TensorType;
import dev.trmarena.puzzles.npy.NpyOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Predicate;

/** What became of a checkpoint, in files; row by row, so that a table of any size costs no memory. Each file is there whole or not at all. */
public final class WriteAdapted {
    private static final String ROWS = "puzzle_emb.weights";

    /** How the authors' trainers begin the names of tensors. */
    private static final String PREFIX = "model.inner.";

    private static final String PART = ".part";

    private WriteAdapted() {}

    /** The rows of a set, float32 N × width. */
    public static void rows(Rows rows, Path file) throws IOException {
        Path part = part(file);
        try (var output = new NpyOutput(part)) {
            for (int i = 0; i < rows.count(); i++) {
                output.write((long) i * rows.width(), rows.row(i));
            }
            output.finish("f4", rows.count(), rows.width());
        }
        move(part, file);
    }

    /** The weights as they are now, by their names alone, without rows and first states. */
    public static void weights(Adaptation adaptation, Path file) throws IOException {
        SortedMap<String, float[]> weights = adaptation.weights(false);
        write(adaptation, weights, weights::containsKey, "", file);
    }

    /**
     * What the authors' trainer would save, under its names: the average of the weights where there is one, the rows as they are now,
     * first states as they were. Frozen weights are those of the checkpoint to the bit.
     */
    public static void checkpoint(Adaptation adaptation, Path file) throws IOException {
        boolean frozen = adaptation.settings().freezeWeights();
        SortedMap<String, float[]> trained = frozen
                ? Collections.emptySortedMap()
                : adaptation.weights(adaptation.settings().ema());
        write(adaptation, trained, name -> true, PREFIX, file);
    }

    private static void write(
            Adaptation adaptation,
            SortedMap<String, float[]> trained,
            Predicate<String> wanted,
            String prefix,
            Path file)
            throws IOException {
        SafetensorsFile source = adaptation.network().tensors();
        Rows rows = adaptation.rows();
        List<TensorInfo> from = new ArrayList<>();
        List<TensorInfo> to = new ArrayList<>();
        for (TensorInfo tensor : source.tensors().values()) {
            if (wanted.test(tensor.name())) {
                boolean table = tensor.name().equals(ROWS);
                boolean changes = table || trained.containsKey(tensor.name());
                from.add(tensor);
                to.add(new TensorInfo(
                        prefix + tensor.name(),
                        changes ? TensorType.F32 : tensor.type(),
                        table ? new long[] {rows.count(), rows.width()} : tensor.shape(),
                        0));
            }
        }
        Path part = part(file);
        try (var output = new SafetensorsOutput(part, to)) {
            for (TensorInfo tensor : from) {
                float[] values = trained.get(tensor.name());
                if (tensor.name().equals(ROWS)) {
                    for (int i = 0; i < rows.count(); i++) {
                        output.write(rows.row(i));
                    }
                } else if (values != null) {
                    output.write(values);
                } else {
                    output.write(source.slice(tensor.name()));
                }
            }
            output.finish();
        }
        move(part, file);
    }

    private static Path part(Path file) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + PART);
        Files.deleteIfExists(part);
        return part;
    }

    private static void move(Path part, Path file) throws IOException {
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
