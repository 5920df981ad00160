package dev.trmarena.artifacts.checkpoint;

import dev.trmarena.artifacts.archive.BadArchive;
import dev.trmarena.artifacts.archive.FileKind;
import dev.trmarena.artifacts.archive.UnpackedArchive;
import dev.trmarena.artifacts.pickle.TorchTensor;
import dev.trmarena.artifacts.safetensors.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Turns an uploaded checkpoint and its configuration into canonical safetensors and a manifest, or says what is wrong with
 * them. Reads, compares and copies; executes nothing.
 */
public final class CheckpointInspection {
    /** Tensors may share a storage, as tied weights do; a small file must not grow to any size that way. */
    private static final long MAX_GROWTH = 4;

    private final Path file;
    private final String name;
    private final Configuration configuration;
    private final Path out;

    private CheckpointInspection(Path file, String name, Configuration configuration, Path out) {
        this.file = file;
        this.name = name;
        this.configuration = configuration;
        this.out = out;
    }

    /**
     * @param checkpoint written by {@code torch.save} or safetensors, or a zip or tar file that holds one
     * @param name the file's name, for messages
     * @param configuration what is known beside the tensors; an {@code all_config.yaml} in an archive counts as its file
     * @param out where to write the canonical safetensors; its folder is used for unpacking
     * @return the manifest, its {@code weights} and {@code sourceDigest} still empty
     * @throws BadCheckpoint when the input is at fault; {@code out} is not there then
     */
    public static CheckpointManifest inspect(Path checkpoint, String name, Configuration configuration, Path out)
            throws IOException {
        boolean done = false;
        try {
            CheckpointManifest manifest = inspectAny(checkpoint, name, configuration, out);
            done = true;
            return manifest;
        } finally {
            if (!done) {
                Files.deleteIfExists(out);
            }
        }
    }

    private static CheckpointManifest inspectAny(Path checkpoint, String name, Configuration configuration, Path out)
            throws IOException {
        FileKind kind = FileKind.of(checkpoint);
        if (!ReadTensors.isArchive(checkpoint, name, kind)) {
            return new CheckpointInspection(checkpoint, name, configuration, out).inspect();
        }
        try (UnpackedArchive unpacked =
                UnpackedArchive.unpack(checkpoint, kind, out.resolveSibling(out.getFileName() + ".unpacked"))) {
            Path config = unpacked.config();
            var known = config == null || configuration.yaml() != null
                    ? configuration
                    : configuration.withYaml(config, "all_config.yaml");
            String inner = name + "!/" + unpacked.checkpointName();
            return new CheckpointInspection(unpacked.checkpoint(), inner, known, out).inspect();
        } catch (BadArchive e) {
            throw new BadCheckpoint(name, e.place(), String.valueOf(e.getMessage()), e.remedy());
        }
    }

    private CheckpointManifest inspect() throws IOException {
        SortedMap<String, TorchTensor> tensors = ReadTensors.read(file, name);
        requireReasonable(tensors);
        Settings settings = settings(tensors);
        Architecture layout = Architecture.of(settings);
        var shapes = new TensorShapes(name, tensors, settings);
        HyperParameters hyper = layout.check(shapes, settings);
        List<String> leftOut = shapes.leftOut();
        leftOut.forEach(tensors::remove);
        String digest = SafetensorsWriter.write(file, name, tensors, out);
        long all = tensors.values().stream().mapToLong(TorchTensor::elements).sum();
        long embedding = (long) hyper.identifierCount() * hyper.puzzleEmbNdim();
        return new CheckpointManifest(
                layout.architecture(), hyper, settings.origins(), leftOut, "", digest, "", all - embedding, embedding);
    }

    private void requireReasonable(SortedMap<String, TorchTensor> tensors) throws IOException {
        long bytes = 0;
        for (var item : tensors.entrySet()) {
            TorchTensor tensor = item.getValue();
            bytes += tensor.elements() * tensor.type().bytes();
            if (bytes > MAX_GROWTH * Files.size(file)) {
                throw new BadCheckpoint(
                        name,
                        "tensor " + item.getKey(),
                        "up to it, tensors that share storage claim " + bytes + " bytes of a file of "
                                + Files.size(file),
                        "Save the tensors as clones, each with its own storage.");
            }
            if (!TensorBytes.readable(tensor)) {
                throw new BadCheckpoint(
                        name,
                        "tensor " + item.getKey(),
                        "its values lie scattered over " + tensor.reach() + " places of its storage",
                        "Save the tensor after .contiguous().");
            }
        }
    }

    private Settings settings(SortedMap<String, TorchTensor> tensors) throws IOException {
        var shapes = new TreeMap<String, long[]>();
        tensors.forEach((key, tensor) -> shapes.put(key, tensor.shape()));
        TorchTensor state = tensors.getOrDefault("H_init", tensors.get("L_init"));
        TorchTensor embedding = tensors.get("embed_tokens.embedding_weight");
        // All of a checkpoint can be cast when it is saved; states alone are bfloat16 only when the network computes in
        // it.
        boolean bfloat16States = state != null
                && embedding != null
                && state.type() == TensorType.BF16
                && embedding.type() != TensorType.BF16;
        var sources = new ArrayList<>(configuration.sources());
        sources.add(new Settings.Source("tensors", "", ShapeFacts.of(shapes, bfloat16States)));
        sources.add(new Settings.Source(
                "default of the authors' code", "", AuthorsDefaults.of(configuration.yaml() != null)));
        return new Settings(name, sources);
    }
}
