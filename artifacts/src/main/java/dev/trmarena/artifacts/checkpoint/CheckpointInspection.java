package dev.trmarena.artifacts.checkpoint;

import dev.trmarena.artifacts.archive.BadArchive;
import dev.trmarena.artifacts.archive.FileKind;
import dev.trmarena.artifacts.archive.UnpackedArchive;
import dev.trmarena.artifacts.pickle.TorchTensor;
import dev.trmarena.artifacts.safetensors.TensorType;
import dev.trmarena.limits.ReadLimits;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint is, by its header, its configuration and the shapes of its tensors: writes nothing but the content of an
 * archive, executes nothing. Its values are read only when they are asked for.
 */
public final class CheckpointInspection implements AutoCloseable {
    private final Path file;
    private final String name;
    private final @Nullable UnpackedArchive unpacked;
    private final SortedMap<String, TorchTensor> tensors;
    private final Map<String, Adapters.Adapter> adapters;
    private final List<Network> networks;
    private final CheckpointManifest draft;

    private CheckpointInspection(
            Path file, String name, Configuration configuration, @Nullable UnpackedArchive unpacked)
            throws IOException {
        this.file = file;
        this.name = name;
        this.unpacked = unpacked;
        ReadTensors.Chosen chosen = ReadTensors.read(file, name, configuration.weights());
        this.tensors = chosen.tensors();
        this.networks = chosen.networks();
        requireReasonable(tensors);
        RequireWhole.network(name, tensors.keySet());
        Settings settings = settings(configuration, chosen);
        this.adapters = Adapters.take(name, tensors, settings);
        Architecture architecture = settings.architecture();
        LackingHeads.complete(name, architecture, tensors, settings, FileKind.of(file) == FileKind.OTHER);
        boolean configured = configuration.yaml() != null
                || architecture == Architecture.NANO_TRM
                        && !chosen.hyperParameters().isEmpty();
        settings.assume(
                new Settings.Source("default of the authors' code", "", AuthorsDefaults.of(architecture, configured)));
        var shapes = new TensorShapes(name, tensors, settings);
        HyperParameters hyper = CheckTensors.hyperParameters(architecture, shapes, settings);
        if (unpacked != null && unpacked.checkpoints().size() > 1) {
            settings.noteIfAbsent(Configuration.FILE, String.valueOf(configuration.file()));
        }
        Leeway leeway = configuration.leeway();
        leeway.requireRow(name, hyper);
        if (leeway.identifierOffset() != null) {
            hyper = hyper.withIdentifierOffset(leeway.identifierOffset());
            settings.noteIfAbsent("identifierOffset", "given");
        }
        if (chosen.from() != null) {
            settings.noteIfAbsent(Configuration.WEIGHTS, chosen.from());
        }
        List<String> leftOut = shapes.leftOut();
        leftOut.forEach(tensors::remove);
        long all = tensors.values().stream().mapToLong(TorchTensor::elements).sum();
        long embedding = (long) hyper.identifierCount() * hyper.puzzleEmbNdim();
        long core = all - embedding;
        this.draft = new CheckpointManifest(
                architecture,
                hyper,
                settings.origins(),
                settings.notes(),
                leftOut,
                "",
                "",
                "",
                core,
                embedding,
                EstimateMemory.ofLoading(core));
    }

    /**
     * @param checkpoint written by {@code torch.save} or safetensors, or a zip or tar file that holds one
     * @param name the file's name, for messages
     * @param configuration what is known beside the tensors; an {@code all_config.yaml} in an archive counts as its file
     * @param folder that is not there yet, for the content of an archive; gone when this is closed
     * @throws BadCheckpoint when the input is at fault
     */
    public static CheckpointInspection open(Path checkpoint, String name, Configuration configuration, Path folder)
            throws IOException {
        FileKind kind = FileKind.of(checkpoint);
        if (!ReadTensors.isArchive(checkpoint, name, kind)) {
            requireNoChoice(name, configuration);
            return new CheckpointInspection(checkpoint, name, configuration, null);
        }
        UnpackedArchive unpacked = null;
        boolean done = false;
        try {
            unpacked = UnpackedArchive.look(checkpoint, kind, folder);
            String packed = ChoosePacked.checkpoint(name, unpacked.checkpoints(), configuration.file());
            String config = configuration.yaml() != null ? null : ChoosePacked.config(name, unpacked.configs(), packed);
            var known = config == null
                    ? configuration
                    : configuration.withYaml(
                            Objects.requireNonNull(unpacked.configs().get(config), config), config);
            var inspection = new CheckpointInspection(
                    unpacked.take(packed), name + "!/" + packed, known.withFile(packed), unpacked);
            done = true;
            return inspection;
        } catch (BadArchive e) {
            throw new BadCheckpoint(name, e.place(), String.valueOf(e.getMessage()), e.remedy());
        } finally {
            if (!done && unpacked != null) {
                unpacked.close();
            }
        }
    }

    private static void requireNoChoice(String name, Configuration configuration) {
        if (configuration.file() != null) {
            throw new BadCheckpoint(
                    name, null, "it is no archive, of which a file could be chosen", "Leave out --file.");
        }
    }

    /** All checkpoints of the archive that it lies in, when there are several; empty otherwise. */
    public List<String> files() {
        return unpacked == null || unpacked.checkpoints().size() == 1 ? List.of() : unpacked.checkpoints();
    }

    /** All networks in the file, when it has several; empty otherwise. */
    public List<Network> networks() {
        return networks;
    }

    /** The manifest without its digests. */
    public CheckpointManifest draft() {
        return draft;
    }

    /**
     * Reads all values.
     *
     * @return SHA-256 over names, types, shapes and values of the tensors, whatever file they came in
     * @throws BadCheckpoint when one of them is NaN or infinite, or the checksum of a storage is another
     */
    public String readValues() throws IOException {
        ReadTensors.requireChecksums(file, name);
        return SafetensorsWriter.digest(file, name, tensors, adapters);
    }

    /**
     * Writes the tensors as canonical safetensors, whatever file they came in.
     *
     * @return as {@link #readValues}
     * @throws BadCheckpoint when a value is NaN or infinite
     */
    public String writeTo(WritableByteChannel out) throws IOException {
        ReadTensors.requireChecksums(file, name);
        return SafetensorsWriter.write(file, name, tensors, adapters, out);
    }

    /**
     * All at once, into a file.
     *
     * @param out where to write the canonical safetensors; its folder is used for unpacking
     * @return the manifest, its {@code weights} and {@code sourceDigest} still empty
     * @throws BadCheckpoint when the input is at fault; {@code out} is not there then
     */
    public static CheckpointManifest convert(Path checkpoint, String name, Configuration configuration, Path out)
            throws IOException {
        boolean done = false;
        try (CheckpointInspection inspection =
                        open(checkpoint, name, configuration, out.resolveSibling(out.getFileName() + ".unpacked"));
                FileChannel target = FileChannel.open(
                        out,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            CheckpointManifest manifest = inspection.draft().with("", inspection.writeTo(target), "");
            done = true;
            return manifest;
        } finally {
            if (!done) {
                Files.deleteIfExists(out);
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (unpacked != null) {
            unpacked.close();
        }
    }

    private void requireReasonable(SortedMap<String, TorchTensor> tensors) throws IOException {
        long bytes = 0;
        for (var item : tensors.entrySet()) {
            TorchTensor tensor = item.getValue();
            bytes += tensor.elements() * tensor.type().bytes();
            if (bytes > ReadLimits.TENSOR_GROWTH * Files.size(file)) {
                throw new BadCheckpoint(
                        name,
                        "tensor " + item.getKey(),
                        "up to it, tensors that share storage claim " + bytes + " bytes of a file of "
                                + Files.size(file) + ", at most " + ReadLimits.TENSOR_GROWTH + " times as much is read",
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

    private Settings settings(Configuration configuration, ReadTensors.Chosen chosen) throws IOException {
        var shapes = new TreeMap<String, long[]>();
        tensors.forEach((key, tensor) -> shapes.put(key, tensor.shape()));
        TorchTensor state = first(each -> each.initialStates().stream());
        TorchTensor embedding = first(each -> Stream.of(each.ends().embedding()));
        // All of a checkpoint can be cast when it is saved; states alone are bfloat16 only when the network computes in
        // it.
        boolean bfloat16States = state != null
                && embedding != null
                && state.type() == TensorType.BF16
                && embedding.type() != TensorType.BF16;
        Map<String, Object> facts = ShapeFacts.of(shapes, bfloat16States);
        configuration.requirePresetOf(facts.get("architecture"));
        var sources = new ArrayList<>(configuration.sources(chosen.hyperParameters()));
        sources.add(new Settings.Source("tensors", "", facts));
        return new Settings(name, sources);
    }

    /** The first that is there of what families call something. */
    private @Nullable TorchTensor first(Function<Architecture, Stream<String>> names) {
        return Arrays.stream(Architecture.values())
                .flatMap(names)
                .map(tensors::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
