package dev.trmarena.artifacts.checkpoint;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The published recipes, for checkpoints that came without their configuration.
 *
 * <p>Source: {@code config/arch/trm.yaml} with the training commands in the README of TinyRecursiveModels;
 * {@code config/arch/hrm_v1.yaml} of HRM.
 */
final class Presets {
    private static final Map<String, Object> TRM = Map.ofEntries(
            Map.entry("architecture", Architecture.TRM.key()),
            Map.entry("hidden_size", 512),
            Map.entry("num_heads", 8),
            Map.entry("expansion", 4),
            Map.entry("H_cycles", 3),
            Map.entry("L_layers", 2),
            Map.entry("halt_max_steps", 16),
            Map.entry("puzzle_emb_ndim", 512),
            Map.entry("puzzle_emb_len", 16),
            Map.entry("forward_dtype", "bfloat16"));

    private static final Map<String, Map<String, Object>> ALL = Map.of(
            "trm-arc", with(TRM, Map.of("mlp_t", false, "pos_encodings", "rope", "L_cycles", 4)),
            "trm-maze", with(TRM, Map.of("mlp_t", false, "pos_encodings", "rope", "L_cycles", 4)),
            "trm-sudoku-att", with(TRM, Map.of("mlp_t", false, "pos_encodings", "rope", "L_cycles", 6)),
            "trm-sudoku-mlp", with(TRM, Map.of("mlp_t", true, "pos_encodings", "none", "L_cycles", 6)),
            "hrm",
                    Map.ofEntries(
                            Map.entry("architecture", Architecture.HRM.key()),
                            Map.entry("hidden_size", 512),
                            Map.entry("num_heads", 8),
                            Map.entry("expansion", 4),
                            Map.entry("H_cycles", 2),
                            Map.entry("L_cycles", 2),
                            Map.entry("H_layers", 4),
                            Map.entry("L_layers", 4),
                            Map.entry("halt_max_steps", 16),
                            Map.entry("mlp_t", false),
                            Map.entry("pos_encodings", "rope"),
                            Map.entry("puzzle_emb_ndim", 512),
                            Map.entry("forward_dtype", "bfloat16")));

    private Presets() {}

    /** Sorted. */
    static List<String> names() {
        return ALL.keySet().stream().sorted().toList();
    }

    /** @throws BadCheckpoint naming those that exist */
    static Map<String, Object> get(String name) {
        Map<String, Object> preset = ALL.get(name);
        if (preset == null) {
            throw new BadCheckpoint(
                    "preset " + name,
                    null,
                    "there is no such preset",
                    "Presets are " + String.join(", ", names()) + ".");
        }
        return preset;
    }

    private static Map<String, Object> with(Map<String, Object> base, Map<String, Object> more) {
        var all = new TreeMap<String, Object>(base);
        all.putAll(more);
        return Map.copyOf(all);
    }
}
