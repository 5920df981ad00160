package dev.trmarena.artifacts.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trmarena.artifacts.pickle.TorchTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;

/**
 * Writes the tensors of a checkpoint as safetensors: sorted by name, row-major, in the types they came in. Streams, so a
 * table of gigabytes costs a buffer of one megabyte.
 */
final class Canonical {
    private static final int BUFFER = 1 << 20;

    private final FileChannel source;
    private final FileChannel target;
    private final MessageDigest digest;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);

    private Canonical(FileChannel source, FileChannel target) {
        this.source = source;
        this.target = target;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * @param tensors by their canonical names
     * @return SHA-256 over name, type, shape and bytes of each tensor
     */
    static String write(Path from, SortedMap<String, TorchTensor> tensors, Path to) throws IOException {
        try (FileChannel source = FileChannel.open(from, StandardOpenOption.READ);
                FileChannel target = FileChannel.open(
                        to,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            var canonical = new Canonical(source, target);
            canonical.header(tensors);
            for (var tensor : tensors.entrySet()) {
                canonical.tensor(tensor.getKey(), tensor.getValue());
            }
            return HexFormat.of().formatHex(canonical.digest.digest());
        }
    }

    private void header(Map<String, TorchTensor> tensors) throws IOException {
        var mapper = new ObjectMapper();
        ObjectNode json = mapper.createObjectNode();
        long offset = 0;
        for (var item : tensors.entrySet()) {
            TorchTensor tensor = item.getValue();
            ObjectNode field = json.putObject(item.getKey());
            field.put("dtype", tensor.type().name());
            var shape = field.putArray("shape");
            Arrays.stream(tensor.shape()).forEach(shape::add);
            long end = offset + elements(tensor) * tensor.type().bytes();
            field.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] text = mapper.writeValueAsBytes(json);
        int padded = (text.length + 7) / 8 * 8;
        byte[] bytes = Arrays.copyOf(text, padded);
        Arrays.fill(bytes, text.length, padded, (byte) ' ');
        ByteBuffer length =
                ByteBuffer.allocate(8).order(java.nio.ByteOrder.LITTLE_ENDIAN).putLong(padded);
        writeFully(length.flip());
        writeFully(ByteBuffer.wrap(bytes));
    }

    private void tensor(String name, TorchTensor tensor) throws IOException {
        String head = name + "\0" + tensor.type() + "\0" + Arrays.toString(tensor.shape()) + "\0";
        digest.update(head.getBytes(StandardCharsets.UTF_8));
        if (tensor.contiguous()) {
            copy(tensor);
        } else {
            gather(tensor);
        }
    }

    private void copy(TorchTensor tensor) throws IOException {
        int size = tensor.type().bytes();
        long position = tensor.storageOffset() + tensor.offset() * size;
        long left = elements(tensor) * size;
        while (left > 0) {
            buffer.clear().limit((int) Math.min(BUFFER, left));
            int read = source.read(buffer, position);
            if (read < 0) {
                throw new IOException("the file ends inside tensor " + tensor.name());
            }
            emit();
            position += read;
            left -= read;
        }
    }

    /** Transposed and sliced tensors: element by element, in row-major order of the tensor. */
    private void gather(TorchTensor tensor) throws IOException {
        int size = tensor.type().bytes();
        long[] shape = tensor.shape();
        long[] strides = tensor.strides();
        long reach = 1;
        for (int i = 0; i < shape.length; i++) {
            reach += (shape[i] - 1) * strides[i];
        }
        ByteBuffer storage =
                source.map(MapMode.READ_ONLY, tensor.storageOffset() + tensor.offset() * size, reach * size);
        long[] index = new long[shape.length];
        long count = elements(tensor);
        buffer.clear();
        for (long i = 0; i < count; i++) {
            long at = 0;
            for (int k = 0; k < index.length; k++) {
                at += index[k] * strides[k];
            }
            if (buffer.remaining() < size) {
                emit();
                buffer.clear();
            }
            for (int b = 0; b < size; b++) {
                buffer.put(storage.get((int) (at * size) + b));
            }
            for (int k = index.length - 1; k >= 0 && ++index[k] == shape[k]; k--) {
                index[k] = 0;
            }
        }
        emit();
    }

    private void emit() throws IOException {
        buffer.flip();
        digest.update(buffer.duplicate());
        writeFully(buffer);
    }

    private void writeFully(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            target.write(bytes);
        }
    }

    static long elements(TorchTensor tensor) {
        return Arrays.stream(tensor.shape()).reduce(1, Math::multiplyExact);
    }
}
