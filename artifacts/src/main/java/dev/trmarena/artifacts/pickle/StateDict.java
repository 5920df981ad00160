package dev.trmarena.artifacts.pickle;

import dev.trmarena.artifacts.archive.BadArchive;
import dev.trmarena.artifacts.archive.BoundedZip;
import dev.trmarena.artifacts.pickle.Node.Dict;
import dev.trmarena.artifacts.pickle.Node.Global;
import dev.trmarena.artifacts.pickle.Node.None;
import dev.trmarena.artifacts.pickle.Node.Opaque;
import dev.trmarena.artifacts.pickle.Node.Scalar;
import dev.trmarena.artifacts.pickle.Node.Storage;
import dev.trmarena.artifacts.pickle.Node.Tensor;
import dev.trmarena.limits.Quote;
import dev.trmarena.limits.ReadLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.jspecify.annotations.Nullable;

/**
 * The tensors of a {@code torch.save} file: a zip of uncompressed entries around one pickle, whose value is a state dict, or in which
 * there are some, as trainers write them: beside an optimizer, averaged beside raw ones, within whatever else. What lies beside was read
 * as data and is left out.
 */
public final class StateDict {
    private static final String PICKLE = "data.pkl";
    private static final Predicate<String> STORAGE =
            Pattern.compile("(.*/)?data/[^/]+").asMatchPredicate();
    private static final List<String> WRAPPERS = List.of("state_dict", "model");

    private final BoundedZip zip;
    private final Map<String, ZipArchiveEntry> entries = new HashMap<>();
    private final String root;
    /** Where each storage lies, by its end: two that overlap would be one. */
    private final TreeMap<Long, ZipArchiveEntry> taken = new TreeMap<>();

    private StateDict(BoundedZip zip, String root) {
        this.zip = zip;
        this.root = root;
        zip.entries().forEach(entry -> entries.put(entry.getName(), entry));
    }

    /** Whether a zip is a {@code torch.save} file rather than an archive that somebody packed. */
    public static boolean isOne(Path file) throws BadPickle, IOException {
        try (BoundedZip zip = BoundedZip.open(file)) {
            return pickleOf(zip).isPresent();
        } catch (BadArchive e) {
            throw bad(e);
        }
    }

    /**
     * One of the networks in a file.
     *
     * @param path the keys that lead to it, {@code ema.shadow}; empty for the whole file
     * @param tensors by name; nothing of their data was read
     * @param bad why it cannot be used, when something else than tensors is in it
     */
    public record Candidate(
            String path,
            SortedMap<String, TorchTensor> tensors,
            @Nullable BadPickle bad) {}

    /**
     * What a file holds.
     *
     * @param candidates all networks, in the order in which they lie there; at least one
     * @param hyperParameters the arguments of the model that Lightning writes beside its weights, as far as they are plain values; a type is
     *     its name, and {@code None} this word
     */
    public record Contents(List<Candidate> candidates, Map<String, Object> hyperParameters) {}

    /**
     * @param names whether the tensor of a network may be called so
     * @throws BadPickle when the file is not such a zip, or its pickle cannot be read, or there is no tensor in it
     */
    public static Contents read(Path file, Predicate<String> names) throws BadPickle, IOException {
        try (BoundedZip zip = BoundedZip.open(file)) {
            ZipArchiveEntry pickle = pickleOf(zip)
                    .orElseThrow(() -> new BadPickle(
                            "the zip directory", "there is no data.pkl, so torch.save did not write this file"));
            String root = pickle.getName().substring(0, pickle.getName().length() - PICKLE.length());
            return new StateDict(zip, root).read(pickle, names);
        } catch (BadArchive e) {
            throw bad(e);
        } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
            throw new BadPickle("the zip directory", "it is damaged: " + e.getMessage());
        }
    }

    /**
     * Reads all storages, once.
     *
     * @throws BadPickle when one of them is damaged
     */
    public static void requireChecksums(Path file) throws BadPickle, IOException {
        try (BoundedZip zip = BoundedZip.open(file)) {
            zip.requireChecksums(entry -> entry.getMethod() == ZipArchiveEntry.STORED && STORAGE.test(entry.getName()));
        } catch (BadArchive e) {
            throw bad(e);
        }
    }

    private static BadPickle bad(BadArchive e) {
        return new BadPickle(
                e.place() == null ? "the zip directory" : e.place(), String.valueOf(e.getMessage()), e.remedy());
    }

    private static Optional<ZipArchiveEntry> pickleOf(BoundedZip zip) throws BadPickle {
        ZipArchiveEntry found = null;
        for (ZipArchiveEntry entry : zip.entries()) {
            if (entry.getName().equals(PICKLE) || entry.getName().matches("[^/]+/" + PICKLE)) {
                if (found != null) {
                    throw new BadPickle(
                            "the zip directory", "two pickles, " + found.getName() + " and " + entry.getName());
                }
                found = entry;
            }
        }
        return Optional.ofNullable(found);
    }

    private Contents read(ZipArchiveEntry pickle, Predicate<String> names) throws BadPickle, BadArchive, IOException {
        requireLittleEndian();
        String entry = "entry " + pickle.getName();
        Node value = new Unpickler(entry, bytes(pickle, ReadLimits.PICKLE_BYTES)).read();
        var candidates = new ArrayList<Candidate>();
        for (var network : FindNetworks.in(value, names).entrySet()) {
            candidates.add(candidate(entry, network.getKey(), network.getValue()));
        }
        if (!candidates.isEmpty()) {
            return new Contents(candidates, hyperParameters(value));
        }
        if (value instanceof Opaque object) {
            throw foreign(entry, object.of(), SaveWhole.remedy(object));
        }
        if (value instanceof Global global && !Rebuild.knows(global)) {
            throw foreign(entry, global, SaveWhole.remedy(global));
        }
        if (!(value instanceof Dict dict)) {
            throw new BadPickle(entry, "its value is not a dict of tensors");
        }
        // Nothing in it is called as in a network: whatever it is, its names say what is missing.
        return new Contents(List.of(new Candidate("", tensors(entry, unwrapped(dict)), null)), hyperParameters(value));
    }

    private static Map<String, Object> hyperParameters(Node value) {
        var plain = new HashMap<String, Object>();
        if (value instanceof Dict dict && dict.entries().get("hyper_parameters") instanceof Dict arguments) {
            arguments.entries().forEach((key, argument) -> {
                Object said = plain(argument);
                if (key instanceof String name && said != null) {
                    plain.put(name, said);
                }
            });
        }
        return plain;
    }

    /** @return null for what is no plain value */
    private static @Nullable Object plain(Node argument) {
        if (argument instanceof Global type && type.module().equals("torch")) {
            return type.name();
        }
        if (argument == None.NONE) {
            return "None";
        }
        if (!(argument instanceof Scalar scalar)) {
            return null;
        }
        return scalar.value() instanceof Long number && number == number.intValue()
                ? (Object) number.intValue()
                : scalar.value();
    }

    private Candidate candidate(String entry, String path, Dict dict) throws BadArchive, IOException {
        try {
            return new Candidate(path, tensors(entry, dict), null);
        } catch (BadPickle e) {
            return new Candidate(path, new TreeMap<>(), e);
        }
    }

    private static BadPickle foreign(String entry, Global global, String remedy) {
        return new BadPickle(
                entry + ", byte " + global.at(),
                "the global '" + Quote.of(global.qualified())
                        + "' is not one that a state dict needs; nothing was executed",
                remedy);
    }

    private void requireLittleEndian() throws BadPickle, BadArchive, IOException {
        ZipArchiveEntry entry = entries.get(root + "byteorder");
        if (entry != null) {
            String order = new String(bytes(entry, 100), StandardCharsets.US_ASCII).trim();
            if (!order.equals("little")) {
                throw new BadPickle(
                        "entry " + entry.getName(),
                        "byte order '" + Quote.of(order) + "'; only 'little' files can be read");
            }
        }
    }

    private static Dict unwrapped(Dict dict) {
        for (String wrapper : WRAPPERS) {
            if (dict.entries().get(wrapper) instanceof Dict inner) {
                return inner;
            }
        }
        return dict;
    }

    private SortedMap<String, TorchTensor> tensors(String entry, Dict dict) throws BadPickle, BadArchive, IOException {
        var tensors = new TreeMap<String, TorchTensor>();
        var places = new HashMap<Storage, Long>();
        for (var item : dict.entries().entrySet()) {
            if (item.getValue() instanceof Opaque object) {
                throw foreign(entry, object.of(), SaveWhole.remedy(object));
            }
            if (!(item.getKey() instanceof String name) || !(item.getValue() instanceof Tensor tensor)) {
                throw new BadPickle(
                        "key '" + Quote.of(String.valueOf(item.getKey())) + "'",
                        "its value is not a tensor; a state dict holds only tensors");
            }
            Storage storage = tensor.storage();
            Long place = places.get(storage);
            if (place == null) {
                place = place(storage);
                places.put(storage, place);
            }
            tensors.put(
                    name,
                    new TorchTensor(name, storage.type(), tensor.shape(), tensor.strides(), place, tensor.offset()));
        }
        return tensors;
    }

    private long place(Storage storage) throws BadPickle, BadArchive, IOException {
        String name = root + "data/" + storage.key();
        ZipArchiveEntry entry = stored(entries.get(name), name);
        long needed = Math.multiplyExact(storage.elements(), storage.type().bytes());
        if (entry.getSize() < needed) {
            throw new BadPickle("entry " + name, "it has " + entry.getSize() + " bytes, the pickle says " + needed);
        }
        long offset = zip.dataOffset(entry);
        var next = taken.higherEntry(offset);
        if (next != null
                && !next.getValue().getName().equals(name)
                && zip.dataOffset(next.getValue()) < offset + entry.getSize()) {
            throw new BadPickle(
                    "entry " + name,
                    "it overlaps " + next.getValue().getName() + "; torch.save writes them side by side");
        }
        taken.put(offset + entry.getSize(), entry);
        return offset;
    }

    private static ZipArchiveEntry stored(@Nullable ZipArchiveEntry entry, String name) throws BadPickle {
        if (entry == null) {
            throw new BadPickle("entry " + name, "it is missing");
        }
        if (entry.getMethod() != ZipArchiveEntry.STORED || entry.getSize() != entry.getCompressedSize()) {
            throw new BadPickle("entry " + name, "it is compressed; torch.save stores tensors uncompressed");
        }
        return entry;
    }

    private byte[] bytes(ZipArchiveEntry entry, int limit) throws BadPickle, BadArchive, IOException {
        stored(entry, entry.getName());
        if (entry.getSize() > limit) {
            throw new BadPickle("entry " + entry.getName(), entry.getSize() + " bytes; at most " + limit + " are read");
        }
        zip.dataOffset(entry);
        byte[] bytes;
        try (InputStream in = zip.zip().getRawInputStream(entry)) {
            bytes = in.readNBytes((int) entry.getSize());
        }
        zip.requireChecksums(each -> each == entry);
        return bytes;
    }
}
