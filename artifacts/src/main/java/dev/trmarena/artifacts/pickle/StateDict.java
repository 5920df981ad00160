package dev.trmarena.artifacts.pickle;

import dev.trmarena.artifacts.archive.BadArchive;
import dev.trmarena.artifacts.archive.BoundedZip;
import dev.trmarena.artifacts.pickle.Node.Dict;
import dev.trmarena.artifacts.pickle.Node.Storage;
import dev.trmarena.artifacts.pickle.Node.Tensor;
import dev.trmarena.limits.Quote;
import dev.trmarena.limits.ReadLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
 * The tensors of a {@code torch.save} file: a zip of uncompressed entries around one pickle, whose value is a state dict or
 * has one under {@code state_dict} or {@code model} (as Lightning and many trainers write it).
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
     * @return the tensors by name; nothing of their data was read
     * @throws BadPickle when the file is not such a zip, or its pickle wants more than a state dict needs
     */
    public static SortedMap<String, TorchTensor> read(Path file) throws BadPickle, IOException {
        try (BoundedZip zip = BoundedZip.open(file)) {
            ZipArchiveEntry pickle = pickleOf(zip)
                    .orElseThrow(() -> new BadPickle(
                            "the zip directory", "there is no data.pkl, so torch.save did not write this file"));
            String root = pickle.getName().substring(0, pickle.getName().length() - PICKLE.length());
            return new StateDict(zip, root).read(pickle);
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

    private SortedMap<String, TorchTensor> read(ZipArchiveEntry pickle) throws BadPickle, BadArchive, IOException {
        requireLittleEndian();
        Node value = new Unpickler("entry " + pickle.getName(), bytes(pickle, ReadLimits.PICKLE_BYTES)).read();
        if (!(value instanceof Dict dict)) {
            throw new BadPickle("entry " + pickle.getName(), "its value is not a dict of tensors");
        }
        return tensors(unwrapped(dict));
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

    /** What lies beside a wrapped state dict (optimizer, epoch, …) was read as data and is left out. */
    private static Dict unwrapped(Dict dict) {
        for (String wrapper : WRAPPERS) {
            if (dict.entries().get(wrapper) instanceof Dict inner) {
                return inner;
            }
        }
        return dict;
    }

    private SortedMap<String, TorchTensor> tensors(Dict dict) throws BadPickle, BadArchive, IOException {
        var tensors = new TreeMap<String, TorchTensor>();
        var places = new HashMap<Storage, Long>();
        for (var item : dict.entries().entrySet()) {
            if (!(item.getKey() instanceof String name) || !(item.getValue() instanceof Tensor tensor)) {
                throw new BadPickle(
                        "key '" + Quote.of(String.valueOf(item.getKey())) + "'",
                        "its value is not a tensor; a state dict holds only tensors, alone or under 'state_dict' or 'model'");
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
