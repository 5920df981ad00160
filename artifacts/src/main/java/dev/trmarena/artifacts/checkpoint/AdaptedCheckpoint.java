package dev.trmarena.artifacts.checkpoint;

import dev.trmarena.artifacts.pickle.TorchTensor;
import dev.trmarena.artifacts.safetensors.SafetensorsFile;
import dev.trmarena.artifacts.safetensors.TensorInfo;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint that a solver has adapted from another one. It is believed as little as one that somebody uploads, and more is known of it:
 * it has the tensors of the other one, in their shapes, and a row for each identifier of the puzzle set.
 */
public final class AdaptedCheckpoint {
    private static final String ROWS = "puzzle_emb.weights";

    /** Of a header, and of what a writer aligns. */
    private static final long HEADER = 1 << 20;

    private final Path file;
    private final String name;
    private final SortedMap<String, TorchTensor> tensors;
    private final CheckpointManifest manifest;

    private AdaptedCheckpoint(
            Path file, String name, SortedMap<String, TorchTensor> tensors, CheckpointManifest manifest) {
        this.file = file;
        this.name = name;
        this.tensors = tensors;
        this.manifest = manifest;
    }

    /**
     * @param file safetensors
     * @param name for messages
     * @param parent that it was adapted from
     * @param weights the canonical safetensors of that one
     * @param identifiers rows of the puzzle set
     * @param recipe how it was adapted, for its notes
     * @throws BadCheckpoint when it is anything else
     */
    public static AdaptedCheckpoint open(
            Path file, String name, CheckpointManifest parent, Path weights, int identifiers, String recipe)
            throws IOException {
        int width = parent.hyperParameters().puzzleEmbNdim();
        Map<String, long[]> expected = new TreeMap<>();
        long bytes = HEADER;
        try (SafetensorsFile known = SafetensorsFile.open(weights)) {
            for (TensorInfo tensor : known.tensors().values()) {
                long[] shape = tensor.name().equals(ROWS) ? new long[] {identifiers, width} : tensor.shape();
                expected.put(tensor.name(), shape);
                bytes += Long.BYTES * Arrays.stream(shape).reduce(1, Math::multiplyExact);
            }
        }
        if (Files.size(file) > bytes) {
            throw bad(name, null, "it has " + Files.size(file) + " bytes, at most " + bytes + " were expected");
        }
        SortedMap<String, TorchTensor> tensors =
                ReadTensors.read(file, name, null).tensors();
        if (!tensors.keySet().equals(expected.keySet())) {
            throw bad(name, null, "its tensors are not those of the checkpoint that it was adapted from");
        }
        for (Map.Entry<String, TorchTensor> tensor : tensors.entrySet()) {
            if (!Arrays.equals(tensor.getValue().shape(), expected.get(tensor.getKey()))) {
                throw bad(
                        name,
                        "tensor " + tensor.getKey(),
                        "its shape is " + Arrays.toString(tensor.getValue().shape()) + ", expected was "
                                + Arrays.toString(expected.get(tensor.getKey())));
            }
        }
        Map<String, String> sources = new TreeMap<>(parent.sources());
        sources.put("identifierCount", "adapted");
        List<String> notes = new ArrayList<>(parent.notes());
        notes.add("adapted from the checkpoint " + parent.tensorDigest() + " by " + recipe);
        return new AdaptedCheckpoint(
                file,
                name,
                tensors,
                new CheckpointManifest(
                        parent.architecture(),
                        parent.hyperParameters().withIdentifiers(identifiers),
                        sources,
                        notes,
                        parent.leftOut(),
                        "",
                        "",
                        "",
                        parent.coreParameters(),
                        (long) identifiers * width,
                        parent.peakBytes()));
    }

    private static BadCheckpoint bad(String name, @Nullable String place, String problem) {
        return new BadCheckpoint(name, place, problem, "Run solvers and services of one version.");
    }

    /** Without its digests. */
    public CheckpointManifest draft() {
        return manifest;
    }

    /**
     * Writes the tensors as canonical safetensors.
     *
     * @return SHA-256 over names, types, shapes and values of the tensors
     * @throws BadCheckpoint when a value is NaN or infinite
     */
    public String writeTo(WritableByteChannel out) throws IOException {
        return SafetensorsWriter.write(file, name, tensors, Map.of(), out);
    }
}
