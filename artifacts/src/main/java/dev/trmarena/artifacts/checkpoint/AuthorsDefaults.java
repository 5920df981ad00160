package dev.trmarena.artifacts.checkpoint;

import java.util.HashMap;
import java.util.Map;

/** What the authors' code assumes for a setting that a configuration leaves out. */
final class AuthorsDefaults {
    private AuthorsDefaults() {}

    /**
     * @param architecture whose authors
     * @param configured whether there is a configuration that leaves things out. Without one, only what no published
     *     configuration sets is assumed: a type or a length that nobody has named would be a guess
     */
    static Map<String, Object> of(Architecture architecture, boolean configured) {
        var defaults = new HashMap<String, Object>();
        defaults.put("rope_theta", 10000.0);
        defaults.put("rms_norm_eps", 1e-5);
        defaults.put("act_inference", false);
        if (configured) {
            defaults.put("forward_dtype", "bfloat16");
            defaults.put("puzzle_emb_len", 16);
        }
        if (architecture == Architecture.NANO_TRM) {
            // Its None is bfloat16 where there is CUDA, and then the states are stored so, which the tensors tell.
            defaults.put("forward_dtype", "float32");
            defaults.put("seq_len", 0);
        }
        return defaults;
    }
}
