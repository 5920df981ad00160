package dev.trmarena.artifacts.checkpoint;

import dev.trmarena.artifacts.archive.BoundedZip;
import dev.trmarena.artifacts.archive.FileKind;
import dev.trmarena.artifacts.pickle.BadPickle;
import dev.trmarena.artifacts.pickle.SaveWhole;
import dev.trmarena.artifacts.pickle.StateDict;
import dev.trmarena.artifacts.pickle.TorchTensor;
import dev.trmarena.artifacts.safetensors.BadSafetensors;
import dev.trmarena.artifacts.safetensors.SafetensorsFile;
import dev.trmarena.artifacts.safetensors.TensorInfo;
import dev.trmarena.limits.OtherFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the tensors of a checkpoint file, whatever format it has, under the names of the network itself. */
final class ReadTensors {
    private static final String NOT_A_CHECKPOINT =
            "Upload the file that torch.save(model.state_dict()) wrote (step_<n>), or its tensors as safetensors.";

    /** What trainers and wrappers put in front; no tensor of a network begins like this. */
    private static final List<String> PREFIXES = List.of(
            ".", "base_model.", "module.", "model.", "inner.", "network.", "net.", "ema_model.", "online_model.");

    /** Where {@code network.} is no prefix: the blocks of lucidrains' family, or those that x-transformers makes for it. */
    private static final Pattern BLOCKS = Pattern.compile("network\\.(?:\\d|layers\\.\\d+\\.\\d).*");

    /** What compiling, distributing, checkpointing and adapting a module puts into its name, at any depth. */
    private static final Pattern WRAPPED = Pattern.compile(
            "(?:_orig_mod|_forward_module|_fsdp_wrapped_module|_checkpoint_wrapped_module|base_layer)\\.");

    /** By these a network is known among all else that a trainer saves: each network has one of them. */
    private static final Set<String> OWN = Arrays.stream(Architecture.values())
            .flatMap(each -> Stream.concat(
                    each.initialStates().stream(),
                    Stream.of(
                            each.ends().embedding(),
                            each.ends().head(),
                            each.ends().qHead())))
            .collect(Collectors.toUnmodifiableSet());

    private ReadTensors() {}

    /** Whether the checkpoint is packed in the file rather than being it. */
    static boolean isArchive(Path file, String name, FileKind kind) throws IOException {
        return switch (kind) {
            case TAR, GZIP -> true;
            case ZIP -> {
                try {
                    yield !StateDict.isOne(file);
                } catch (BadPickle e) {
                    throw bad(name, e);
                }
            }
            case LEGACY_TORCH, OTHER -> false;
        };
    }

    /**
     * The tensors that were chosen.
     *
     * @param from where they lie in the file, and what they are, when it has several networks; null otherwise
     * @param networks of these several; empty otherwise
     * @param hyperParameters what the file itself says of its network, by its own names
     */
    record Chosen(
            SortedMap<String, TorchTensor> tensors,
            @Nullable String from,
            List<Network> networks,
            Map<String, Object> hyperParameters) {}

    /**
     * @param weights which network of the file, see {@link ChooseWeights}; null when there is only one
     * @throws BadCheckpoint when the file is no checkpoint, or has several networks and nobody said which
     */
    static Chosen read(Path file, String name, @Nullable String weights) throws IOException {
        if (Files.size(file) == 0) {
            throw new BadCheckpoint(name, null, "the file is empty", NOT_A_CHECKPOINT);
        }
        Chosen chosen =
                switch (FileKind.of(file)) {
                    case ZIP -> torch(file, name, weights);
                    case OTHER -> new Chosen(ownNames(name, safetensors(file, name)), null, List.of(), Map.of());
                    case LEGACY_TORCH ->
                        throw new BadCheckpoint(
                                name,
                                "byte 0",
                                "it has the format of torch.save before version 1.6, which is not read",
                                "Save it again: torch.save(torch.load(file), file, _use_new_zipfile_serialization=True).");
                    case TAR, GZIP ->
                        throw new BadCheckpoint(
                                name, null, "it is an archive inside an archive", "Pack the checkpoint once.");
                };
        if (chosen.tensors().isEmpty()) {
            throw new BadCheckpoint(name, null, "it holds no tensors", NOT_A_CHECKPOINT);
        }
        return chosen;
    }

    private static Chosen torch(Path file, String name, @Nullable String weights) throws IOException {
        try {
            StateDict.Contents contents = StateDict.read(file, tensor -> OWN.contains(withoutPrefixes(tensor)));
            return new ChooseWeights(name, contents, tensors -> ownNames(name, tensors)).choose(weights);
        } catch (BadPickle e) {
            throw bad(name, e);
        }
    }

    private static BadCheckpoint bad(String name, BadPickle e) {
        String remedy = e.remedy();
        return new BadCheckpoint(
                name, e.place(), String.valueOf(e.getMessage()), remedy == null ? NOT_A_CHECKPOINT : remedy);
    }

    private static SortedMap<String, TorchTensor> safetensors(Path file, String name) throws IOException {
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
        } catch (BadSafetensors e) {
            throw notSafetensors(file, name, e);
        }
        return tensors;
    }

    /** The commonest mistakes are called what they are; of what has a header, the header is what is wrong. */
    private static BadCheckpoint notSafetensors(Path file, String name, BadSafetensors e) throws IOException {
        OtherFile other = OtherFile.of(file).orElse(null);
        if (other != null) {
            return new BadCheckpoint(name, null, other.what() + ", not a checkpoint", other.remedy());
        }
        if (e.isTruncated()) {
            return new BadCheckpoint(name, null, String.valueOf(e.getMessage()), BoundedZip.AGAIN);
        }
        return new BadCheckpoint(
                name,
                null,
                "it is neither a zip written by torch.save nor safetensors: " + e.getMessage(),
                e.isOfOtherType() ? SaveWhole.WIDEN : NOT_A_CHECKPOINT);
    }

    /** Only a zip has checksums. @throws BadCheckpoint when the bytes of a tensor are not those that were written */
    static void requireChecksums(Path file, String name) throws IOException {
        if (FileKind.of(file) == FileKind.ZIP) {
            try {
                StateDict.requireChecksums(file);
            } catch (BadPickle e) {
                throw bad(name, e);
            }
        }
    }

    private static SortedMap<String, TorchTensor> ownNames(String file, SortedMap<String, TorchTensor> tensors) {
        var canonical = new TreeMap<String, TorchTensor>();
        for (var tensor : tensors.entrySet()) {
            String name = withoutPrefixes(tensor.getKey());
            if (canonical.put(name, tensor.getValue()) != null) {
                throw new BadCheckpoint(
                        file,
                        "tensor " + tensor.getKey(),
                        "two tensors are called " + name + " without their prefixes",
                        "Save one network: the averaged weights (EMA) or the others, not both.");
            }
        }
        return canonical;
    }

    private static String withoutPrefixes(String key) {
        String name = WRAPPED.matcher(key).replaceAll("");
        for (boolean found = true; found; ) {
            found = false;
            for (String prefix : PREFIXES) {
                if (name.startsWith(prefix) && !BLOCKS.matcher(name).matches()) {
                    name = name.substring(prefix.length());
                    found = true;
                }
            }
        }
        return name;
    }
}
