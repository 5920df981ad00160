package dev.trmarena.artifacts.checkpoint;

import dev.trmarena.artifacts.pickle.TorchTensor;
import dev.trmarena.artifacts.safetensors.SafetensorsHeader;
import dev.trmarena.artifacts.safetensors.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Writes the tensors of a checkpoint as safetensors: sorted by name, row-major, in the types they came in. Streams, so a
 * table of gigabytes costs a buffer of one megabyte.
 */
final class SafetensorsWriter {
    private final Map<String, Adapters.Adapter> adapters;
    private final WritableByteChannel target;
    private final MessageDigest digest = DigestUtils.getSha256Digest();

    private SafetensorsWriter(Map<String, Adapters.Adapter> adapters, WritableByteChannel target) {
        this.adapters = adapters;
        this.target = target;
    }

    /**
     * @param name of the checkpoint, for messages
     * @param tensors by their canonical names
     * @param adapters by the names of the tensors that they are added to
     * @return SHA-256 over name, type, shape and bytes of each tensor
     * @throws BadCheckpoint when a value is NaN or infinite
     */
    static String write(
            Path from,
            String name,
            SortedMap<String, TorchTensor> tensors,
            Map<String, Adapters.Adapter> adapters,
            WritableByteChannel to)
            throws IOException {
        var writer = new SafetensorsWriter(adapters, to);
        writer.header(tensors);
        writer.tensors(from, name, tensors);
        return Hex.encodeHexString(writer.digest.digest());
    }

    /** What {@link #write} would return and throw, without writing. */
    static String digest(
            Path from, String name, SortedMap<String, TorchTensor> tensors, Map<String, Adapters.Adapter> adapters)
            throws IOException {
        return write(from, name, tensors, adapters, new Nowhere());
    }

    /** Takes everything and keeps nothing. */
    private static final class Nowhere implements WritableByteChannel {
        @Override
        public int write(ByteBuffer bytes) {
            int taken = bytes.remaining();
            bytes.position(bytes.limit());
            return taken;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    private void tensors(Path from, String name, SortedMap<String, TorchTensor> tensors) throws IOException {
        long largest = tensors.values().stream()
                .mapToLong(tensor -> tensor.elements() * tensor.type().bytes())
                .max()
                .orElse(0);
        try (FileChannel source = FileChannel.open(from, StandardOpenOption.READ)) {
            var bytes = new TensorBytes(source, largest);
            for (var tensor : tensors.entrySet()) {
                tensor(name, tensor.getKey(), tensor.getValue(), bytes);
            }
        }
    }

    private void header(Map<String, TorchTensor> tensors) throws IOException {
        writeFully(SafetensorsHeader.of(tensors.entrySet().stream()
                .map(each -> new TensorInfo(
                        each.getKey(), each.getValue().type(), each.getValue().shape(), 0))
                .toList()));
    }

    private void tensor(String file, String name, TorchTensor tensor, TensorBytes bytes) throws IOException {
        String head = name + "\0" + tensor.type() + "\0" + Arrays.toString(tensor.shape()) + "\0";
        digest.update(head.getBytes(StandardCharsets.UTF_8));
        var finite = new FiniteValues(tensor.type());
        Adapters.Adapter adapter = adapters.get(name);
        MergeAdapter merge = adapter == null ? null : new MergeAdapter(adapter, bytes);
        bytes.stream(tensor, chunk -> {
            if (merge != null) {
                merge.add(chunk);
            }
            digest.update(chunk.duplicate());
            finite.look(chunk);
            writeFully(chunk);
        });
        requireFinite(file, name, tensor, finite);
    }

    private static void requireFinite(String file, String name, TorchTensor tensor, FiniteValues finite) {
        if (finite.bad() > 0) {
            throw new BadCheckpoint(
                    file,
                    "tensor " + name,
                    finite.bad() + " of its " + tensor.elements() + " values are NaN or infinite, the first at index "
                            + finite.firstBad(),
                    "A network with such weights answers nothing: take a checkpoint from before the training diverged.");
        }
    }

    private void writeFully(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            target.write(bytes);
        }
    }
}
