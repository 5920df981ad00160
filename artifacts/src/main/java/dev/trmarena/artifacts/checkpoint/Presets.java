package dev.trmarena.artifacts.checkpoint;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The published recipes, for checkpoints that came without their configuration.
 *
 * <p>Source: {@code config/arch/trm.yaml} with the training commands in the README of TinyRecursiveModels;
 * {@code config/arch/hrm_v1.yaml} of HRM. What they reach: arXiv 2510.04871, tables 4 and 5; 2512.14693. Of lucidrains' the
 * defaults of {@code TinyRecursiveModel} and its {@code predict}.
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

    /**
     * What both published runs share, and the tensors do not tell. Source: {@code scripts/URM_arcagi2.sh} and {@code config/arch/urm.yaml}
     * of UbiquantAI/URM; the file says 4 and 3 cycles where the scripts say 2 and 6, which is the same number of them in a step.
     */
    private static final Map<String, Object> URM = Map.of(
            "architecture",
            Architecture.URM.key(),
            "num_heads",
            8,
            "H_cycles",
            2,
            "L_cycles",
            6,
            "halt_max_steps",
            16,
            "forward_dtype",
            "bfloat16");

    /** What the constructor of {@code TRMModule} in nano-trm takes for what nobody says. */
    private static final Map<String, Object> NANO_TRM = Map.of(
            "architecture",
            Architecture.NANO_TRM.key(),
            "num_heads",
            8,
            "H_cycles",
            3,
            "L_cycles",
            6,
            "halt_max_steps",
            16,
            "puzzle_emb_len",
            16,
            "pos_encodings",
            "rope");

    private static final TreeMap<String, Preset> ALL = Stream.of(
                    trm(
                            "trm-arc",
                            "44.6 % of ARC-AGI-1, 7.8 % of ARC-AGI-2 (public evaluation sets, 2 attempts)",
                            Map.of("mlp_t", false, "pos_encodings", "rope", "L_cycles", 4)),
                    trm(
                            "trm-maze",
                            "85.3 % of Maze-Hard",
                            Map.of("mlp_t", false, "pos_encodings", "rope", "L_cycles", 4)),
                    trm(
                            "trm-sudoku-att",
                            "74.7 % of Sudoku-Extreme",
                            Map.of("mlp_t", false, "pos_encodings", "rope", "L_cycles", 6)),
                    trm(
                            "trm-sudoku-mlp",
                            "87.4 % of Sudoku-Extreme",
                            Map.of("mlp_t", true, "pos_encodings", "none", "L_cycles", 6)),
                    new Preset(
                            "urm-arc",
                            "UbiquantAI/URM",
                            "41de2c3",
                            "53.8 % of ARC-AGI-1, 16.0 % of ARC-AGI-2 (pass@1)",
                            URM),
                    new Preset(
                            "urm-sudoku",
                            "UbiquantAI/URM",
                            "41de2c3",
                            "77.6 % of Sudoku-Extreme, in arXiv 2512.14693",
                            URM),
                    new Preset("nano-trm", "olivkoch/nano-trm", "fc4436c", "no number is published", NANO_TRM),
                    new Preset(
                            "lucidrains",
                            "lucidrains/tiny-recursive-model",
                            "f151651",
                            "no number is published",
                            Map.of(
                                    "architecture",
                                    Architecture.LUCIDRAINS.key(),
                                    "H_cycles",
                                    3,
                                    "L_cycles",
                                    6,
                                    "halt_max_steps",
                                    12,
                                    "halt_prob_thres",
                                    0.5)),
                    new Preset(
                            "hrm",
                            "sapientinc/HRM",
                            "42410da",
                            "55.0 % of Sudoku-Extreme, 74.5 % of Maze-Hard, 40.3 % of ARC-AGI-1, 5.0 % of ARC-AGI-2",
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
                                    Map.entry("forward_dtype", "bfloat16"))))
            .collect(Collectors.toMap(Preset::name, Function.identity(), (one, other) -> one, TreeMap::new));

    private Presets() {}

    /** Sorted by name. */
    static List<Preset> all() {
        return List.copyOf(ALL.values());
    }

    /** Sorted. */
    static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /** @throws BadCheckpoint naming those that exist */
    static Map<String, Object> get(String name) {
        Preset preset = ALL.get(name);
        if (preset == null) {
            throw new BadCheckpoint(
                    "preset " + name,
                    null,
                    "there is no such preset",
                    "Presets are " + String.join(", ", names()) + ".");
        }
        return preset.settings();
    }

    private static Preset trm(String name, String reaches, Map<String, Object> more) {
        var all = new TreeMap<String, Object>(TRM);
        all.putAll(more);
        return new Preset(name, "SamsungSAILMontreal/TinyRecursiveModels", "e7b6871", reaches, all);
    }
}
