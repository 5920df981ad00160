package dev.trmarena.solver.model;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import dev.trmarena.puzzles.score.Dtype;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Loads a TorchScript source of ours: zips it into the form that {@code torch.jit.save} writes, without Python. The layers
 * and the kernels go in as the modules {@code __torch__.layers} and {@code __torch__.kernels}. Not by way of {@code PtModel}:
 * that makes a temporary folder for each model, which stays when the process is killed.
 */
final class ScriptModule implements AutoCloseable {
    private final NDManager manager;
    private final PtSymbolBlock block;

    private ScriptModule(NDManager manager, PtSymbolBlock block) {
        this.manager = manager;
        this.block = block;
    }

    /**
     * @param script a resource beside this class
     * @param type the class that the script defines
     * @param attributes values of its attributes: integers, doubles, booleans, and {@link Part}s
     */
    static ScriptModule load(String script, String type, Kernels kernels, Map<String, Object> attributes)
            throws IOException {
        return load(Scripts.OURS, script, type, kernels, attributes);
    }

    static ScriptModule load(
            Scripts scripts, String script, String type, Kernels kernels, Map<String, Object> attributes)
            throws IOException {
        try {
            return open(zip(scripts, script, type, kernels, attributes));
        } catch (RuntimeException e) {
            throw new IOException("the engine does not load " + script + " with " + kernels.script(), e);
        }
    }

    /**
     * Several scripts as one: classes of the last have objects of the others.
     *
     * @param type a class of the last of the scripts
     */
    static ScriptModule load(List<String> scripts, String type, Kernels kernels, Map<String, Object> attributes)
            throws IOException {
        Scripts joined = name -> {
            if (!name.equals(type)) {
                return Scripts.OURS.read(name);
            }
            var text = new StringBuilder();
            for (String script : scripts) {
                text.append(Scripts.OURS.read(script)).append('\n');
            }
            return text.toString();
        };
        return load(joined, type, type, kernels, attributes);
    }

    /** An object of a class of the scripts, as an attribute of another. */
    record Part(String type, Map<String, Object> attributes) {}

    /** @param zip what {@link #zip} made */
    static ScriptModule open(byte[] zip) throws IOException {
        NDManager manager = Engine.getEngine("PyTorch").newBaseManager();
        try {
            return new ScriptModule(
                    manager, JniUtils.loadModule((PtNDManager) manager, new ByteArrayInputStream(zip), false, false));
        } catch (IOException | RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /** The attributes of {@code frame.torchscript}. */
    static Map<String, Object> frame(Dtype dtype, boolean scaled, boolean pooled) {
        return Map.of("dtype", number(dtype), "scaled", scaled, "pooled", pooled);
    }

    PtSymbolBlock block() {
        return block;
    }

    /** TorchScript's own number of a type. */
    static int number(Dtype dtype) {
        return switch (dtype) {
            case FLOAT16 -> 5;
            case FLOAT32 -> 6;
            case BFLOAT16 -> 15;
        };
    }

    /** With the block, which belongs to the manager. */
    @Override
    public void close() {
        manager.close();
    }

    /** The file that {@code torch.jit.load} reads, of any PyTorch. */
    static byte[] zip(Scripts scripts, String script, String type, Kernels kernels, Map<String, Object> attributes)
            throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            add(zip, "m/version", "10\n".getBytes(StandardCharsets.US_ASCII));
            add(zip, "m/code/__torch__.py", text(scripts, script));
            add(zip, "m/code/__torch__/layers.py", text(scripts, "layers" + Scripts.ENDING));
            add(zip, "m/code/__torch__/kernels.py", text(scripts, kernels.script()));
            add(zip, "m/data.pkl", object(type, attributes));
            add(zip, "m/constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
        }
        return bytes.toByteArray();
    }

    private static byte[] text(Scripts scripts, String name) throws IOException {
        return scripts.read(name).getBytes(StandardCharsets.UTF_8);
    }

    /** The pickle of an instance of {@code __torch__.<type>} with these attributes, protocol 2. */
    private static byte[] object(String type, Map<String, Object> attributes) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x80, 2});
        out.writeBytes(instance(type, attributes));
        out.write('.');
        return out.toByteArray();
    }

    private static byte[] instance(String type, Map<String, Object> attributes) {
        var all = new TreeMap<>(attributes);
        all.put("training", false);
        var out = new ByteArrayOutputStream();
        out.writeBytes(("c__torch__\n" + type + "\n").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(new byte[] {')', (byte) 0x81, '}', '('});
        all.forEach((name, value) -> {
            byte[] text = name.getBytes(StandardCharsets.US_ASCII);
            out.writeBytes(bytes(5).put((byte) 'X').putInt(text.length).array());
            out.writeBytes(text);
            out.writeBytes(pickled(value));
        });
        out.writeBytes(new byte[] {'u', 'b'});
        return out.toByteArray();
    }

    private static byte[] pickled(Object value) {
        if (value instanceof Boolean flag) {
            return new byte[] {(byte) (flag ? 0x88 : 0x89)};
        }
        if (value instanceof Integer number) {
            return bytes(5).put((byte) 'J').putInt(number).array();
        }
        if (value instanceof Double number) {
            return bytes(9).order(ByteOrder.BIG_ENDIAN)
                    .put((byte) 'G')
                    .putDouble(number)
                    .array();
        }
        if (value instanceof Part part) {
            return instance(part.type(), part.attributes());
        }
        throw new IllegalArgumentException("an attribute is an integer, a double or a boolean, not " + value);
    }

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        var crc = new CRC32();
        crc.update(content);
        var entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
