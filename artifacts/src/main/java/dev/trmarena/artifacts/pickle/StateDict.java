package dev.trmarena.artifacts.pickle;

import dev.trmarena.artifacts.pickle.Node.Dict;
import dev.trmarena.artifacts.pickle.Node.Storage;
import dev.trmarena.artifacts.pickle.Node.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** The tensors of a {@code torch.save(state_dict)} file: a zip of uncompressed entries around one pickle. */
public final class StateDict {
    private static final int MAX_PICKLE = 64 << 20;
    private static final String PICKLE = "data.pkl";

    private StateDict() {}

    /**
     * @return the tensors by name; nothing of their data was read
     * @throws BadPickle when the file is not such a zip, or its pickle wants more than a state dict needs
     */
    public static SortedMap<String, TorchTensor> read(Path file) throws BadPickle, IOException {
        try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
            ZipArchiveEntry pickle = pickleOf(zip);
            String root = pickle.getName().substring(0, pickle.getName().length() - PICKLE.length());
            requireLittleEndian(zip, root);
            Node value = new Unpickler("entry " + pickle.getName(), bytes(zip, pickle, MAX_PICKLE)).read();
            if (!(value instanceof Dict dict)) {
                throw new BadPickle("entry " + pickle.getName(), "its value is not a dict of tensors");
            }
            return tensors(zip, root, dict);
        } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
            throw new BadPickle("the zip directory", "it is damaged: " + e.getMessage());
        }
    }

    private static ZipArchiveEntry pickleOf(ZipFile zip) throws BadPickle {
        ZipArchiveEntry found = null;
        for (var entries = zip.getEntries(); entries.hasMoreElements(); ) {
            ZipArchiveEntry entry = entries.nextElement();
            if (entry.getName().equals(PICKLE) || entry.getName().matches("[^/]+/" + PICKLE)) {
                if (found != null) {
                    throw new BadPickle(
                            "the zip directory", "two pickles, " + found.getName() + " and " + entry.getName());
                }
                found = entry;
            }
        }
        if (found == null) {
            throw new BadPickle("the zip directory", "there is no data.pkl, so torch.save did not write this file");
        }
        return found;
    }

    private static void requireLittleEndian(ZipFile zip, String root) throws BadPickle, IOException {
        ZipArchiveEntry entry = zip.getEntry(root + "byteorder");
        if (entry != null) {
            String order = new String(bytes(zip, entry, 100), StandardCharsets.US_ASCII).trim();
            if (!order.equals("little")) {
                throw new BadPickle(
                        "entry " + entry.getName(),
                        "byte order '" + order + "'; only " + ByteOrder.LITTLE_ENDIAN + " files can be read");
            }
        }
    }

    private static SortedMap<String, TorchTensor> tensors(ZipFile zip, String root, Dict dict) throws BadPickle {
        var tensors = new TreeMap<String, TorchTensor>();
        for (var item : dict.entries().entrySet()) {
            if (!(item.getKey() instanceof String name) || !(item.getValue() instanceof Tensor tensor)) {
                throw new BadPickle(
                        "key '" + item.getKey() + "'",
                        "its value is not a tensor; a bare state dict holds only tensors");
            }
            Storage storage = tensor.storage();
            tensors.put(
                    name,
                    new TorchTensor(
                            name,
                            storage.type(),
                            tensor.shape(),
                            tensor.strides(),
                            place(zip, root, storage),
                            tensor.offset()));
        }
        return tensors;
    }

    private static long place(ZipFile zip, String root, Storage storage) throws BadPickle {
        String name = root + "data/" + storage.key();
        ZipArchiveEntry entry = stored(zip.getEntry(name), name);
        long needed = Math.multiplyExact(storage.elements(), storage.type().bytes());
        if (entry.getSize() < needed) {
            throw new BadPickle("entry " + name, "it has " + entry.getSize() + " bytes, the pickle says " + needed);
        }
        return entry.getDataOffset();
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

    private static byte[] bytes(ZipFile zip, ZipArchiveEntry entry, int limit) throws BadPickle, IOException {
        stored(entry, entry.getName());
        if (entry.getSize() > limit) {
            throw new BadPickle("entry " + entry.getName(), entry.getSize() + " bytes; at most " + limit + " are read");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes((int) entry.getSize());
            if (bytes.length != entry.getSize()) {
                throw new BadPickle("entry " + entry.getName(), "the file is truncated inside it");
            }
            return bytes;
        }
    }
}
