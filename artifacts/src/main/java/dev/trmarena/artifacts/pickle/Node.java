package dev.trmarena.artifacts.pickle;

import dev.trmarena.artifacts.safetensors.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * What the unpickler's stack holds. Values are data; a global is only ever a name. What is made of one that a state dict does not need
 * is {@link Opaque}: it may stand beside the weights, and nothing is built of it.
 */
sealed interface Node {
    /** A scalar: String, Long, BigInteger, Double, Boolean, bytes, or {@link None}. */
    record Scalar(Object value) implements Node {}

    enum None implements Node {
        NONE
    }

    enum Mark implements Node {
        MARK
    }

    /** @param at the byte of the pickle where it is named */
    record Global(String module, String name, int at) implements Node {
        String qualified() {
            return module + "." + name;
        }
    }

    /**
     * An object of whatever class, or what a call of whatever function would give.
     *
     * @param of the class or function
     * @param parts what it was given, as data: weights may lie in it
     */
    record Opaque(Global of, ArrayList<Node> parts) implements Node {
        /** What it holds under keys, as a dict of another class does. */
        Dict dict() {
            for (Node part : parts) {
                if (part instanceof Dict dict) {
                    return dict;
                }
            }
            Dict dict = Dict.empty();
            parts.add(dict);
            return dict;
        }
    }

    record Tuple(List<Node> items) implements Node {}

    record Items(ArrayList<Node> items) implements Node {}

    record Dict(LinkedHashMap<Object, Node> entries) implements Node {
        static Dict empty() {
            return new Dict(new LinkedHashMap<>());
        }
    }

    /** A storage: entry {@code data/<key>} of the zip. */
    record Storage(TensorType type, String key, long elements) implements Node {}

    /** Offsets and strides count elements. */
    record Tensor(Storage storage, long offset, long[] shape, long[] strides) implements Node {}
}
