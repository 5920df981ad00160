package dev.trmarena.artifacts.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trmarena.limits.Quote;
import dev.trmarena.limits.ReadLimits;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A safetensors file, memory-mapped piece by piece: of a large embedding table only the rows asked for are read.
 *
 * <p>Source: the safetensors format description; {@code u64 header length, JSON header, data}.
 */
public final class SafetensorsFile implements Closeable {
    // A table of the names seen so far grows by copies of itself: of a header of long names it took 590 MB.
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxTokenCount(ReadLimits.SAFETENSORS_HEADER_VALUES)
                            .build())
                    .build())
            .build();

    private final FileChannel channel;
    private final SortedMap<String, TensorInfo> tensors;

    private SafetensorsFile(FileChannel channel, SortedMap<String, TensorInfo> tensors) {
        this.channel = channel;
        this.tensors = tensors;
    }

    /** @throws BadSafetensors when the file is not a safetensors file; the message says where it goes wrong */
    public static SafetensorsFile open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new SafetensorsFile(channel, readHeader(channel));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e instanceof IOException io ? io : new BadSafetensors(String.valueOf(e.getMessage()), false, e);
        }
    }

    private static SortedMap<String, TensorInfo> readHeader(FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < 8) {
            throw bad("it has " + size + " bytes, the header length alone has 8");
        }
        long length = channel.map(MapMode.READ_ONLY, 0, 8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
        if (length < 2 || length > ReadLimits.SAFETENSORS_HEADER_BYTES || length > size - 8) {
            throw bad("it says a header length of " + length + " in a file of " + size + " bytes; at most "
                    + ReadLimits.SAFETENSORS_HEADER_BYTES + " are read");
        }
        byte[] header = new byte[(int) length];
        channel.map(MapMode.READ_ONLY, 8, length).get(header);
        long data = 8 + length;
        var tensors = new TreeMap<String, TensorInfo>();
        for (var field : root(header).properties()) {
            if (!field.getKey().equals("__metadata__")) {
                tensors.put(field.getKey(), tensor(field.getKey(), field.getValue(), data, size));
            }
        }
        return tensors;
    }

    private static BadSafetensors bad(String problem) {
        return new BadSafetensors(problem, false, null);
    }

    private static ObjectNode root(byte[] header) throws IOException {
        try {
            if (JSON.readTree(header) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            String within = e instanceof StreamConstraintsException ? " within the limits of what is read: " : ": ";
            throw new BadSafetensors("its header is not JSON" + within + e.getOriginalMessage(), false, e);
        }
        throw bad("its header is not a JSON object");
    }

    private static TensorType type(String name, JsonNode dtype) throws IOException {
        for (TensorType type : TensorType.values()) {
            if (type.name().equals(dtype.asText())) {
                return type;
            }
        }
        throw BadSafetensors.ofOtherType("tensor " + Quote.of(name) + " has the type '" + Quote.of(dtype.asText())
                + "'; known are " + Arrays.toString(TensorType.values()));
    }

    private static long number(String name, JsonNode number) throws IOException {
        if (!number.isIntegralNumber() || !number.canConvertToLong() || number.asLong() < 0) {
            throw bad("tensor " + Quote.of(name) + " has '" + Quote.of(number.toString())
                    + "' where a number from 0 was expected");
        }
        return number.asLong();
    }

    private static TensorInfo tensor(String name, JsonNode json, long data, long size) throws IOException {
        JsonNode dims = json.path("shape");
        JsonNode offsets = json.path("data_offsets");
        if (!dims.isArray() || dims.size() > ReadLimits.TENSOR_SIZES || !offsets.isArray() || offsets.size() != 2) {
            throw bad("tensor " + Quote.of(name) + " lacks its shape, of at most " + ReadLimits.TENSOR_SIZES
                    + " sizes, or data_offsets");
        }
        long[] shape = new long[dims.size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = number(name, dims.get(i));
        }
        long begin = number(name, offsets.get(0));
        long end = number(name, offsets.get(1));
        if (end > size - data || begin > end) {
            String problem = "tensor " + Quote.of(name) + " claims bytes " + begin + " to " + end + ", the file holds "
                    + (size - data) + ": it is truncated or damaged";
            throw new BadSafetensors(problem, begin <= end, null);
        }
        var info = new TensorInfo(name, type(name, json.path("dtype")), shape, data + begin);
        try {
            if (end - begin == info.byteLength()) {
                return info;
            }
        } catch (ArithmeticException e) {
            // More bytes than any file has: the same answer.
        }
        throw bad("tensor " + Quote.of(name) + " claims bytes " + begin + " to " + end + ", not what its shape "
                + Arrays.toString(shape) + " needs");
    }

    /** All tensors by name, sorted. */
    public SortedMap<String, TensorInfo> tensors() {
        return tensors;
    }

    /** @throws IllegalArgumentException when there is no such tensor */
    public TensorInfo info(String name) {
        TensorInfo info = tensors.get(name);
        if (info == null) {
            throw new IllegalArgumentException("no tensor " + name + "; there are " + tensors.keySet());
        }
        return info;
    }

    /** The whole tensor, mapped, little-endian; at most 2 GiB. */
    public ByteBuffer slice(String name) throws IOException {
        TensorInfo info = info(name);
        return map(info.offset(), info.byteLength());
    }

    /** Row {@code row} of a matrix, mapped, little-endian. */
    public ByteBuffer row(String name, long row) throws IOException {
        TensorInfo info = info(name);
        long[] shape = info.shape();
        if (shape.length != 2 || row < 0 || row >= shape[0]) {
            throw new IllegalArgumentException("no row " + row + " in tensor " + name + " of "
                    + (shape.length == 2 ? shape[0] + " rows" : shape.length + " dimensions"));
        }
        long bytes = shape[1] * info.type().bytes();
        return map(info.offset() + row * bytes, bytes);
    }

    /** The elements as float32, whatever floating type they are stored in. */
    public float[] floats(String name) throws IOException {
        return FloatBits.decode(slice(name), info(name).type());
    }

    /**
     * Some of the elements as float32, in row-major order: a large tensor is read piece by piece.
     *
     * @param first the first of them
     */
    public float[] floats(String name, long first, int count) throws IOException {
        TensorInfo info = info(name);
        if (first < 0 || count < 0 || first > info.elements() - count) {
            throw new IllegalArgumentException("no elements " + first + " to " + (first + count) + " in tensor " + name
                    + " of " + info.elements());
        }
        int size = info.type().bytes();
        return FloatBits.decode(map(info.offset() + first * size, (long) count * size), info.type());
    }

    /** Row {@code row} of a matrix as float32. */
    public float[] floatRow(String name, long row) throws IOException {
        return FloatBits.decode(row(name, row), info(name).type());
    }

    private ByteBuffer map(long offset, long bytes) throws IOException {
        return channel.map(MapMode.READ_ONLY, offset, bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
