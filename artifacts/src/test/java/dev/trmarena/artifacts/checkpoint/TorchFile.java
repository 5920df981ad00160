package dev.trmarena.artifacts.checkpoint;

import dev.trmarena.artifacts.safetensors.TensorType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes what {@code torch.save} writes, opcode by opcode, in its old and its new layout. */
final class TorchFile {
    private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    private final IdentityHashMap<byte[], String> storages = new IdentityHashMap<>();
    private String root = "archive";
    private String device = "cpu";
    private String prefix = "model.inner.";
    private boolean newLayout;
    private boolean ordered = true;
    private @Nullable TestTensor elsewhere;

    TorchFile root(String name) {
        root = name;
        return this;
    }

    TorchFile device(String name) {
        device = name;
        return this;
    }

    TorchFile prefix(String text) {
        prefix = text;
        return this;
    }

    /** With {@code byteorder} and {@code .data/serialization_id}. */
    TorchFile newLayout() {
        newLayout = true;
        return this;
    }

    TorchFile plainDict() {
        ordered = false;
        return this;
    }

    /** The state dict alone. */
    byte[] of(List<TestTensor> tensors) throws IOException {
        op(0x80, 2);
        stateDict(tensors);
        return end();
    }

    /** The state dict under a key, between other entries. */
    byte[] wrapped(String key, List<TestTensor> tensors, Map<String, Object> others) throws IOException {
        op(0x80, 2, '}', '(');
        for (var other : others.entrySet()) {
            text(other.getKey());
            value(other.getValue());
        }
        text(key);
        stateDict(tensors);
        text("optimizer");
        op('}', '(');
        text("state");
        op('}', '(', 'K', 0, '}', '(');
        text("exp_avg");
        tensor(tensors.get(0));
        op('u', 'u');
        text("betas");
        value(0.9);
        value(0.999);
        op(0x86, 'u', 'u');
        return end();
    }

    /** A dict: of state dicts (lists of tensors), of dicts, of opcodes, text and numbers. */
    byte[] dict(Map<String, ?> entries) throws IOException {
        op(0x80, 2);
        value(entries);
        return end();
    }

    /**
     * The entries of the zip, for a caller who writes one of them himself.
     *
     * @param large of two dimensions; its storage is the entry {@code data/elsewhere}, which is not among the result
     */
    Map<String, byte[]> entriesWith(List<TestTensor> tensors, TestTensor large) throws IOException {
        elsewhere = large;
        op(0x80, 2);
        stateDict(tensors);
        op('.');
        return entries();
    }

    /** Everything between the protocol and the end is the caller's. */
    byte[] raw(byte[] opcodes) throws IOException {
        pickle.write(opcodes);
        return zip();
    }

    private byte[] end() throws IOException {
        op('.');
        return zip();
    }

    private void value(Object value) throws IOException {
        if (value instanceof String text) {
            text(text);
        } else if (value instanceof Integer number) {
            op('J');
            little(number);
        } else if (value instanceof Double number) {
            op('G');
            pickle.write(ByteBuffer.allocate(8).putDouble(number).array());
        } else if (value instanceof byte[] opcodes) {
            pickle.write(opcodes);
        } else if (value instanceof List<?> tensors) {
            stateDict(tensors.stream().map(TestTensor.class::cast).toList());
        } else if (value instanceof TheWeightsAreFoundAmongAllElse.Held held) {
            // An attribute of the object is the state dict.
            pickle.write(held.object().getBytes(StandardCharsets.ISO_8859_1));
            value(Map.of("weights", held.tensors()));
            op('b');
        } else if (value instanceof Map<?, ?> dict) {
            op('}', '(');
            for (var item : dict.entrySet()) {
                text(String.valueOf(item.getKey()));
                value(item.getValue());
            }
            op('u');
        } else {
            op('N');
        }
    }

    private void stateDict(List<TestTensor> tensors) throws IOException {
        if (ordered) {
            global("collections", "OrderedDict");
            op(')', 'R');
        } else {
            op('}');
        }
        op('(');
        for (TestTensor tensor : tensors) {
            text(prefix + tensor.name());
            tensor(tensor);
        }
        if (elsewhere != null) {
            text(prefix + elsewhere.name());
            tensor(elsewhere, "elsewhere", elsewhere.shape()[0] * elsewhere.shape()[1]);
        }
        op('u');
        if (ordered) {
            // torch gives a state dict the attribute _metadata.
            op('}');
            text("_metadata");
            global("collections", "OrderedDict");
            op(')', 'R', 's', 'b');
        }
    }

    private void tensor(TestTensor tensor) throws IOException {
        String key = storages.computeIfAbsent(tensor.storage(), any -> String.valueOf(storages.size()));
        tensor(tensor, key, tensor.storage().length / tensor.type().bytes());
    }

    private void tensor(TestTensor tensor, String key, long elements) throws IOException {
        global("torch._utils", "_rebuild_tensor_v2");
        op('(', '(');
        text("storage");
        global("torch", tensor.type().storageClass());
        text(key);
        text(device);
        number(elements);
        op('t', 'Q');
        number(tensor.offset());
        numbers(tensor.shape());
        numbers(tensor.strides());
        op(0x89);
        global("collections", "OrderedDict");
        op(')', 'R', 't', 'R');
    }

    private void numbers(long[] values) throws IOException {
        op('(');
        for (long value : values) {
            number(value);
        }
        op('t');
    }

    private void number(long value) throws IOException {
        op(0x8a, 8);
        pickle.write(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array());
    }

    private void global(String module, String name) throws IOException {
        op('c');
        pickle.write((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private void text(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        op('X');
        little(bytes.length);
        pickle.write(bytes);
    }

    private void little(int value) throws IOException {
        pickle.write(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
    }

    private void op(int... codes) {
        for (int code : codes) {
            pickle.write(code);
        }
    }

    private byte[] zip() throws IOException {
        var out = new ByteArrayOutputStream();
        stored(out, root + "/", entries());
        return out.toByteArray();
    }

    private Map<String, byte[]> entries() {
        var entries = new LinkedHashMap<String, byte[]>();
        entries.put("data.pkl", pickle.toByteArray());
        if (newLayout) {
            entries.put(".format_version", "1".getBytes(StandardCharsets.US_ASCII));
            entries.put("byteorder", "little".getBytes(StandardCharsets.US_ASCII));
            entries.put(".data/serialization_id", "0123456789".getBytes(StandardCharsets.US_ASCII));
        }
        // By number: the order of an identity map is another one each time, and a seed must give the same file.
        storages.entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> Integer.parseInt(entry.getValue())))
                .forEach(entry -> entries.put("data/" + entry.getValue(), entry.getKey()));
        entries.put("version", "3\n".getBytes(StandardCharsets.US_ASCII));
        return entries;
    }

    static void stored(OutputStream out, String folder, Map<String, byte[]> entries) throws IOException {
        try (var zip = new ZipOutputStream(out)) {
            for (var item : entries.entrySet()) {
                var entry = new ZipEntry(folder + item.getKey());
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(item.getValue().length);
                var crc = new CRC32();
                crc.update(item.getValue());
                entry.setCrc(crc.getValue());
                zip.putNextEntry(entry);
                zip.write(item.getValue());
                zip.closeEntry();
            }
        }
    }

    /** The same tensors as safetensors. */
    static byte[] safetensors(List<TestTensor> tensors) throws IOException {
        var header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
        var data = new ByteArrayOutputStream();
        for (TestTensor tensor : tensors) {
            TensorType type = tensor.type();
            String shape = Arrays.toString(tensor.shape()).replace(" ", "");
            int begin = data.size();
            data.write(tensor.storage());
            header.append(",\"")
                    .append(tensor.name())
                    .append("\":{\"dtype\":\"")
                    .append(type)
                    .append("\",\"shape\":")
                    .append(shape)
                    .append(",\"data_offsets\":[")
                    .append(begin)
                    .append(',')
                    .append(data.size())
                    .append("]}");
        }
        byte[] text = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
        var out = new ByteArrayOutputStream();
        out.write(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .array());
        out.write(text);
        data.writeTo(out);
        return out.toByteArray();
    }
}
