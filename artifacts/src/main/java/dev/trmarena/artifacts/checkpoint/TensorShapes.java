package dev.trmarena.artifacts.checkpoint;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tensors of a checkpoint held against what its settings demand: each there, with its shape, and none besides. */
final class TensorShapes {
    /** A size that only the tensors know. */
    static final long ANY = -1;

    private static final String REMEDY = "Check that the configuration belongs to this checkpoint";

    private final String file;
    private final Map<String, long[]> shapes;
    private final Settings settings;
    private final Set<String> expected = new HashSet<>();

    /** @param shapes by the tensors' names without prefixes */
    TensorShapes(String file, Map<String, long[]> shapes, Settings settings) {
        this.file = file;
        this.shapes = shapes;
        this.settings = settings;
    }

    /**
     * @param key the setting that the wanted sizes follow from, if it is one
     * @return the shape of the tensor, which is there and agrees with the wanted one wherever that is not {@link #ANY}
     */
    long[] require(String name, @Nullable String key, long... wanted) {
        expected.add(name);
        long[] found = shapes.get(name);
        if (found == null) {
            throw new BadCheckpoint(
                    file,
                    "tensor " + name,
                    "it is missing, " + settings.describe(key) + " demands it",
                    REMEDY + " (architecture, layers, mlp_t, pos_encodings).");
        }
        boolean fits = found.length == wanted.length;
        for (int i = 0; fits && i < wanted.length; i++) {
            fits = wanted[i] == ANY ? found[i] > 0 && found[i] <= Integer.MAX_VALUE : found[i] == wanted[i];
        }
        if (!fits) {
            throw new BadCheckpoint(
                    file,
                    "tensor " + name,
                    "its shape is " + Arrays.toString(found) + ", " + settings.describe(key) + " demands "
                            + Arrays.toString(wanted).replace("-1", "any"),
                    REMEDY + ".");
        }
        return found;
    }

    /** A tensor that no setting asked for would silently not be run. */
    void refuseOthers() {
        for (String name : shapes.keySet()) {
            if (!expected.contains(name)) {
                throw new BadCheckpoint(
                        file,
                        "tensor " + name,
                        settings.describe(null) + " has no place for it",
                        REMEDY + " (architecture, layers, puzzle_emb_ndim).");
            }
        }
    }
}
