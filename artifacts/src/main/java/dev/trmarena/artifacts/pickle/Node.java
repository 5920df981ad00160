package dev.trmarena.artifacts.pickle;

import dev.trmarena.artifacts.safetensors.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** What the unpickler's stack holds. Values are data; a global is only ever a name. */
sealed interface Node {
    /** A scalar: String, Long, Double, Boolean, or {@link None}. */
    record Scalar(Object value) implements Node {}

    enum None implements Node {
        NONE
    }

    enum Mark implements Node {
        MARK
    }

    record Global(String module, String name) implements Node {
        String qualified() {
            return module + "." + name;
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
