package dev.trmarena.artifacts.safetensors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** What a safetensors file begins with: the length of its header, and the header, padded with blanks to a multiple of 8. */
public final class SafetensorsHeader {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SafetensorsHeader() {}

    /** @param tensors in the order of their values; their offsets are not looked at */
    public static ByteBuffer of(List<TensorInfo> tensors) {
        ObjectNode json = JSON.createObjectNode();
        long offset = 0;
        for (TensorInfo tensor : tensors) {
            ObjectNode field = json.putObject(tensor.name());
            field.put("dtype", tensor.type().name());
            var shape = field.putArray("shape");
            Arrays.stream(tensor.shape()).forEach(shape::add);
            long end = offset + tensor.byteLength();
            field.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] text = text(json);
        int padded = (text.length + 7) / 8 * 8;
        byte[] bytes = Arrays.copyOf(text, padded);
        Arrays.fill(bytes, text.length, padded, (byte) ' ');
        return ByteBuffer.allocate(8 + padded)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(padded)
                .put(bytes)
                .flip();
    }

    private static byte[] text(ObjectNode json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
