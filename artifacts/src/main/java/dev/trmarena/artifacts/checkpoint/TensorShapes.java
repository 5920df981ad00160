package dev.trmarena.artifacts.checkpoint;

import dev.trmarena.artifacts.pickle.TorchTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tensors of a checkpoint held against what its settings demand: each there, with its shape, and none besides. */
final class TensorShapes {
    /** A size that only the tensors know. */
    static final long ANY = -1;

    private static final String REMEDY = "Check that the configuration belongs to this checkpoint";

    private final String file;
    private final Map<String, TorchTensor> tensors;
    private final Settings settings;
    private final Set<String> expected = new HashSet<>();

    /** @param tensors by their names without prefixes */
    TensorShapes(String file, Map<String, TorchTensor> tensors, Settings settings) {
        this.file = file;
        this.tensors = tensors;
        this.settings = settings;
    }

    boolean has(String name) {
        return tensors.containsKey(name);
    }

    /**
     * @param key the setting that the required sizes follow from, if it is one
     * @return the shape of the tensor, which is there and agrees with the required one wherever that is not {@link #ANY}
     */
    long[] require(String name, @Nullable String key, long... required) {
        expected.add(name);
        TorchTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new BadCheckpoint(
                    file,
                    "tensor " + name,
                    "it is missing, " + settings.describe(key) + " demands it",
                    REMEDY + " (architecture, layers, mlp_t, pos_encodings).");
        }
        if (!tensor.type().isFloating()) {
            throw new BadCheckpoint(
                    file,
                    "tensor " + name,
                    "its type is " + tensor.type() + ", weights are floating-point",
                    "Save the weights as float32 or bfloat16; quantised ones are not run.");
        }
        long[] found = tensor.shape();
        boolean fits = found.length == required.length;
        for (int i = 0; fits && i < required.length; i++) {
            fits = required[i] == ANY ? found[i] > 0 && found[i] <= Integer.MAX_VALUE : found[i] == required[i];
        }
        if (!fits) {
            throw new BadCheckpoint(
                    file,
                    "tensor " + name,
                    "its shape is " + Arrays.toString(found) + ", " + settings.describe(key) + " demands "
                            + Arrays.toString(required).replace("-1", "any"),
                    REMEDY + ".");
        }
        return found;
    }

    /**
     * A matrix that may have no rows at all.
     *
     * @return how many it has
     */
    long requireRows(String name, @Nullable String key, long width) {
        TorchTensor tensor = tensors.get(name);
        boolean none = tensor != null && tensor.shape().length == 2 && tensor.shape()[0] == 0;
        return none ? require(name, key, 0, width)[0] : require(name, key, ANY, width)[0];
    }

    /** @throws BadCheckpoint when there is a tensor whose name begins so */
    void refuse(String prefix, String problem, String remedy) {
        for (String name : tensors.keySet()) {
            if (name.startsWith(prefix)) {
                throw new BadCheckpoint(file, "tensor " + name, problem, remedy);
            }
        }
    }

    /**
     * A tensor that no setting asked for would silently not be run. What is no weight is left out: integers, which no
     * forward pass of these networks reads, and the scratch rows that the sparse embedding trains with.
     *
     * @return names of those left out, sorted
     */
    List<String> leftOut() {
        var others = new ArrayList<String>();
        for (var item : tensors.entrySet()) {
            String name = item.getKey();
            if (expected.contains(name)) {
                continue;
            }
            if (item.getValue().type().isFloating() && !name.equals("puzzle_emb.local_weights")) {
                throw new BadCheckpoint(
                        file,
                        "tensor " + name,
                        settings.describe(null) + " has no place for it",
                        REMEDY + " (architecture, layers, puzzle_emb_ndim).");
            }
            others.add(name);
        }
        return others.stream().sorted().toList();
    }
}
