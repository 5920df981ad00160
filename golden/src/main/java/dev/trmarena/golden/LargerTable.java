package dev.trmarena.golden;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A checkpoint as one has it that was trained on joined sets: tables of a safetensors file with more rows than the set needs. */
public final class LargerTable {
    private static final Pattern TENSOR = Pattern.compile(
            "\"([^\"]+)\":\\{\"dtype\":\"(\\w+)\",\"shape\":\\[([\\d,]*)],\"data_offsets\":\\[(\\d+),(\\d+)]}");

    private LargerTable() {}

    private record Tensor(String name, String dtype, String shape, byte[] data) {
        int rows() {
            return Integer.parseInt(shape.split(",")[0]);
        }

        /** @param row of float32 */
        Tensor with(float[] row, int before, int behind) {
            byte[] added = new byte[row.length * Float.BYTES];
            ByteBuffer.wrap(added)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .put(row);
            var all = new ByteArrayOutputStream();
            for (int i = 0; i < before; i++) {
                all.writeBytes(added);
            }
            all.writeBytes(data);
            for (int i = 0; i < behind; i++) {
                all.writeBytes(added);
            }
            return new Tensor(name, dtype, (before + rows() + behind) + "," + row.length, all.toByteArray());
        }
    }

    /**
     * @param safetensors a whole file, header as this project writes it
     * @param table name of a tensor of float32, rows × columns
     * @param row what each row that is added holds
     * @return the file with so many rows before and behind those that it has
     */
    public static byte[] with(byte[] safetensors, String table, float[] row, int before, int behind) {
        return file(tensors(safetensors).stream()
                .map(tensor -> tensor.name().equals(table) ? tensor.with(row, before, behind) : tensor)
                .toList());
    }

    /** A row of a table, each value times {@code scale}. */
    public static float[] row(byte[] safetensors, String table, int row, float scale) {
        Tensor tensor = tensors(safetensors).stream()
                .filter(each -> each.name().equals(table))
                .findFirst()
                .orElseThrow();
        var values =
                ByteBuffer.wrap(tensor.data()).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        float[] scaled = new float[values.remaining() / tensor.rows()];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = scale * values.get(row * scaled.length + i);
        }
        return scaled;
    }

    private static List<Tensor> tensors(byte[] file) {
        int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        int data = 8 + length;
        Matcher found = TENSOR.matcher(new String(file, 8, length, StandardCharsets.UTF_8));
        List<Tensor> tensors = new ArrayList<>();
        while (found.find()) {
            byte[] bytes = Arrays.copyOfRange(
                    file, data + Integer.parseInt(found.group(4)), data + Integer.parseInt(found.group(5)));
            tensors.add(new Tensor(found.group(1), found.group(2), found.group(3), bytes));
        }
        return tensors;
    }

    private static byte[] file(List<Tensor> tensors) {
        var header = new StringBuilder("{");
        var data = new ByteArrayOutputStream();
        for (Tensor tensor : tensors) {
            int from = data.size();
            data.writeBytes(tensor.data());
            header.append(header.length() == 1 ? "" : ",")
                    .append("\"" + tensor.name() + "\":{\"dtype\":\"" + tensor.dtype() + "\",\"shape\":["
                            + tensor.shape() + "],\"data_offsets\":[" + from + "," + data.size() + "]}");
        }
        byte[] json = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
        byte[] file = new byte[8 + json.length + data.size()];
        ByteBuffer.wrap(file)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .put(data.toByteArray());
        return file;
    }
}
