package dev.trmarena.solver.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trmarena.artifacts.safetensors.SafetensorsFile;
import dev.trmarena.artifacts.safetensors.TensorInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The same network with its hidden units, and those between two products, in another order. On paper it gives the same
 * numbers; on a machine every sum over them runs in another order, as it does on another machine.
 */
final class Shuffled {
    private final int hidden;
    private final int[] order;
    private final Random random;

    private Shuffled(int hidden, Random random) {
        this.hidden = hidden;
        this.random = random;
        this.order = order(hidden);
    }

    /** @param hidden D, the hidden size */
    static void write(Path weights, int hidden, Random random, Path out) throws IOException {
        var shuffled = new Shuffled(hidden, random);
        var json = new ObjectMapper().createObjectNode();
        var data = new ByteArrayOutputStream();
        try (SafetensorsFile file = SafetensorsFile.open(weights)) {
            int[] between = new int[0];
            // By name, so that down_proj comes just before the gate_up_proj that it belongs to.
            for (TensorInfo info : file.tensors().values()) {
                if (info.name().endsWith("down_proj.weight")) {
                    between = shuffled.order((int) info.shape()[1]);
                }
                add(json, data, info, shuffled.moved(info, file.floats(info.name()), between));
            }
        }
        byte[] header = new ObjectMapper().writeValueAsBytes(json);
        ByteBuffer bytes = ByteBuffer.allocate(8 + header.length + data.size()).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(
                out,
                bytes.putLong(header.length).put(header).put(data.toByteArray()).array());
    }

    private static void add(ObjectNode json, ByteArrayOutputStream data, TensorInfo info, float[] values) {
        ObjectNode field = json.putObject(info.name()).put("dtype", "F32");
        var shape = field.putArray("shape");
        Arrays.stream(info.shape()).forEach(shape::add);
        field.putArray("data_offsets").add(data.size()).add(data.size() + 4 * values.length);
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        data.writeBytes(bytes.array());
    }

    private float[] moved(TensorInfo info, float[] values, int[] between) {
        String name = info.name();
        int columns = (int) info.shape()[info.shape().length - 1];
        int rows = values.length / columns;
        if (name.endsWith("_init")) {
            return take(values, 1, columns, same(1), order);
        }
        if (name.startsWith("puzzle_emb")) {
            return take(values, rows, columns, same(rows), chunks(columns));
        }
        if (name.startsWith("embed_") || name.endsWith("_head.weight") || name.endsWith("qkv_proj.weight")) {
            return take(values, rows, columns, same(rows), order);
        }
        if (name.endsWith("o_proj.weight")) {
            return take(values, rows, columns, order, same(columns));
        }
        boolean overPositions = name.contains("mlp_t");
        if (name.endsWith("gate_up_proj.weight")) {
            return take(values, rows, columns, halves(between), overPositions ? same(columns) : order);
        }
        if (name.endsWith("down_proj.weight")) {
            return take(values, rows, columns, overPositions ? same(rows) : order, between);
        }
        return values;
    }

    private static float[] take(float[] values, int rows, int columns, int[] row, int[] column) {
        float[] taken = new float[values.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                taken[i * columns + j] = values[row[i] * columns + column[j]];
            }
        }
        return taken;
    }

    private int[] order(int count) {
        var numbers = new ArrayList<>(IntStream.range(0, count).boxed().toList());
        Collections.shuffle(numbers, random);
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int[] same(int count) {
        return IntStream.range(0, count).toArray();
    }

    /** Gate and up, whose units belong together. */
    private static int[] halves(int[] between) {
        return IntStream.range(0, 2 * between.length)
                .map(i -> between[i % between.length] + i / between.length * between.length)
                .toArray();
    }

    /** A puzzle's row is cut into vectors of the hidden size. */
    private int[] chunks(int width) {
        if (width % hidden != 0) {
            throw new IllegalArgumentException("a puzzle embedding of " + width + ", hidden size " + hidden);
        }
        return IntStream.range(0, width)
                .map(i -> order[i % hidden] + i / hidden * hidden)
                .toArray();
    }
}
