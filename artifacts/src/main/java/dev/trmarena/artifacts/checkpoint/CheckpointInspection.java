package dev.trmarena.artifacts.checkpoint;

import dev.trmarena.artifacts.pickle.BadPickle;
import dev.trmarena.artifacts.pickle.StateDict;
import dev.trmarena.artifacts.pickle.TorchTensor;
import dev.trmarena.artifacts.safetensors.SafetensorsFile;
import dev.trmarena.artifacts.safetensors.TensorInfo;
import dev.trmarena.artifacts.safetensors.TensorType;
import java.io.IOException;
import java.io.InputStream;
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
    private static final String NOT_A_CHECKPOINT =
            "Upload the file that torch.save(model.state_dict()) wrote (step_<n>), or its tensors as safetensors.";

    /** Longest first: the prefixes of compiled and wrapped modules. */
    private static final List<String> PREFIXES = List.of("_orig_mod.model.inner.", "model.inner.", "inner.");

    private CheckpointInspection() {}

    /**
     * @param name the file's name, for messages
     * @param configuration what is known beside the tensors
     * @param out where to write the canonical safetensors
     * @return the manifest, its {@code weights} and {@code sourceDigest} still empty
     * @throws BadCheckpoint when the input is at fault
     */
    public static CheckpointManifest inspect(Path checkpoint, String name, Configuration configuration, Path out)
            throws IOException {
        if (Files.size(checkpoint) == 0) {
            throw new BadCheckpoint(name, null, "the file is empty", NOT_A_CHECKPOINT);
        }
        SortedMap<String, TorchTensor> tensors = canonicalNames(name, tensors(checkpoint, name));
        requireFloats(name, tensors);
        Settings settings = settings(name, configuration, tensors);
        var shapes = new TreeMap<String, long[]>();
        tensors.forEach((key, tensor) -> shapes.put(key, tensor.shape()));
        Layout layout = Layout.of(settings);
        HyperParameters hyper = layout.check(new TensorShapes(name, shapes, settings), settings);
        String digest = Canonical.write(checkpoint, tensors, out);
        long all = tensors.values().stream().mapToLong(Canonical::elements).sum();
        long embedding = (long) hyper.identifierCount() * hyper.puzzleEmbNdim();
        return new CheckpointManifest(
                layout.architecture(), hyper, settings.origins(), "", digest, "", all - embedding, embedding);
    }

    private static Settings settings(String name, Configuration configuration, SortedMap<String, TorchTensor> tensors)
            throws IOException {
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

    private static SortedMap<String, TorchTensor> tensors(Path file, String name) throws IOException {
        try {
            if (startsLikeZip(file)) {
                return StateDict.read(file);
            }
            return safetensors(file);
        } catch (BadPickle e) {
            throw new BadCheckpoint(name, e.place(), String.valueOf(e.getMessage()), NOT_A_CHECKPOINT);
        } catch (IOException e) {
            String problem = startsLikeZip(file)
                    ? "the zip is truncated or damaged: " + e.getMessage()
                    : "it is neither a zip written by torch.save nor safetensors (" + e.getMessage() + ")";
            throw new BadCheckpoint(name, null, problem, NOT_A_CHECKPOINT);
        }
    }

    private static boolean startsLikeZip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] magic = in.readNBytes(2);
            return magic.length == 2 && magic[0] == 'P' && magic[1] == 'K';
        }
    }

    private static SortedMap<String, TorchTensor> safetensors(Path file) throws IOException {
        var tensors = new TreeMap<String, TorchTensor>();
        try (SafetensorsFile safetensors = SafetensorsFile.open(file)) {
            for (TensorInfo info : safetensors.tensors().values()) {
                long[] shape = info.shape();
                long[] strides = new long[shape.length];
                long stride = 1;
                for (int i = shape.length - 1; i >= 0; i--) {
                    strides[i] = stride;
                    stride *= shape[i];
                }
                tensors.put(info.name(), new TorchTensor(info.name(), info.type(), shape, strides, info.offset(), 0));
            }
        }
        return tensors;
    }

    private static SortedMap<String, TorchTensor> canonicalNames(String file, SortedMap<String, TorchTensor> tensors) {
        var canonical = new TreeMap<String, TorchTensor>();
        for (var tensor : tensors.entrySet()) {
            String name = PREFIXES.stream()
                    .filter(tensor.getKey()::startsWith)
                    .findFirst()
                    .map(prefix -> tensor.getKey().substring(prefix.length()))
                    .orElse(tensor.getKey());
            if (canonical.put(name, tensor.getValue()) != null) {
                throw new BadCheckpoint(
                        file,
                        "tensor " + tensor.getKey(),
                        "two tensors are called " + name + " without their prefixes",
                        NOT_A_CHECKPOINT);
            }
        }
        return canonical;
    }

    private static void requireFloats(String file, SortedMap<String, TorchTensor> tensors) {
        tensors.forEach((name, tensor) -> {
            if (!tensor.type().isFloating()) {
                throw new BadCheckpoint(
                        file,
                        "tensor " + name,
                        "its type is " + tensor.type() + ", weights are floating-point",
                        NOT_A_CHECKPOINT);
            }
        });
    }
}
