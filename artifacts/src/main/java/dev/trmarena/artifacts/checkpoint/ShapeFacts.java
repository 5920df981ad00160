package dev.trmarena.artifacts.checkpoint;

import dev.trmarena.artifacts.checkpoint.Architecture.Level;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What names and shapes of tensors say about a network without any configuration; nothing here is a guess. */
final class ShapeFacts {
    private static final double[] USUAL_EXPANSIONS = {4, 1, 2, 3, 8};

    private final Map<String, long[]> shapes;

    private ShapeFacts(Map<String, long[]> shapes) {
        this.shapes = shapes;
    }

    /**
     * @param shapes by the tensors' names without prefixes
     * @param bfloat16States whether the initial states are stored as bfloat16, as only {@code forward_dtype} makes them
     */
    static Map<String, Object> of(Map<String, long[]> shapes, boolean bfloat16States) {
        Map<String, Object> facts = new ShapeFacts(shapes).facts();
        if (bfloat16States) {
            facts.put("forward_dtype", "bfloat16");
        }
        return facts;
    }

    private Map<String, Object> facts() {
        // By its blocks, also where a head is missing; by its head, also where the network is one that is refused by
        // name.
        if (shapes.containsKey(MixerBlocks.first(0))
                || shapes.containsKey(Architecture.LUCIDRAINS.ends().qHead())) {
            return mixer();
        }
        var facts = new LinkedHashMap<String, Object>();
        Architecture found = architecture();
        put(facts, "architecture", found == null ? null : found.key());
        put(
                facts,
                "hidden_size",
                size((found == null ? Architecture.TRM : found).ends().embedding(), 1));
        boolean puzzles = shapes.containsKey("puzzle_emb.weights");
        put(facts, "puzzle_emb_ndim", puzzles ? size("puzzle_emb.weights", 1) : Integer.valueOf(0));
        if (!puzzles) {
            facts.put("puzzle_emb_len", 0);
        }
        facts.put("H_layers", 0);
        facts.put("L_layers", 0);
        List<Level> levels = levels();
        levels.forEach(level -> facts.put(level.setting(), layers(level)));
        String block = (levels.isEmpty() ? Level.LOW : levels.get(0)).block(0);
        boolean mlpT = shapes.containsKey(block + "mlp_t.gate_up_proj.weight");
        facts.put("mlp_t", mlpT);
        if (mlpT) {
            // No heads and nothing to rotate: both settings are without effect.
            facts.put("num_heads", 1);
            facts.put("pos_encodings", "none");
        }
        if (shapes.containsKey("embed_pos.embedding_weight")) {
            facts.put("pos_encodings", "learned");
        }
        put(facts, "expansion", expansion(block, mlpT));
        return facts;
    }

    /** Of lucidrains' family, which computes in float32 whatever its file has been cast to. */
    private Map<String, Object> mixer() {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("architecture", Architecture.LUCIDRAINS.key());
        put(facts, "hidden_size", size(Architecture.LUCIDRAINS.ends().embedding(), 1));
        int layers = 0;
        while (shapes.containsKey(MixerBlocks.first(layers))) {
            layers++;
        }
        facts.put("L_layers", layers);
        facts.put("forward_dtype", "float32");
        return facts;
    }

    private static void put(Map<String, Object> facts, String key, @Nullable Object value) {
        if (value != null) {
            facts.put(key, value);
        }
    }

    /** Of those with the same levels the one with most of its states there and fewest missing; null without any level. */
    private @Nullable Architecture architecture() {
        List<Level> levels = levels();
        return Arrays.stream(Architecture.values())
                .filter(each -> !levels.isEmpty() && each.levels().equals(levels))
                .max(Comparator.comparingInt(this::statesThereOverMissing))
                .orElse(null);
    }

    private List<Level> levels() {
        return Arrays.stream(Level.values()).filter(level -> layers(level) > 0).toList();
    }

    private int statesThereOverMissing(Architecture architecture) {
        return architecture.initialStates().stream()
                .mapToInt(state -> shapes.containsKey(state) ? 1 : -1)
                .sum();
    }

    private int layers(Level level) {
        int count = 0;
        while (shapes.containsKey(level.block(count) + "mlp.gate_up_proj.weight")) {
            count++;
        }
        return count;
    }

    /** Many expansions give the same widths, which are all that it decides: the first usual one, else one made from them. */
    private @Nullable Double expansion(String block, boolean mlpT) {
        Integer inner = size(block + "mlp.down_proj.weight", 1);
        Integer hidden = size(block + "mlp.down_proj.weight", 0);
        Integer innerT = mlpT ? size(block + "mlp_t.down_proj.weight", 1) : Integer.valueOf(0);
        Integer positions = mlpT ? size(block + "mlp_t.down_proj.weight", 0) : Integer.valueOf(0);
        if (inner == null || hidden == null || innerT == null || positions == null || hidden == 0) {
            return null;
        }
        for (double usual : USUAL_EXPANSIONS) {
            if (Block.swigluWidth(usual, hidden) == inner && Block.swigluWidth(usual, positions) == innerT) {
                return usual;
            }
        }
        return inner * 1.5 / hidden;
    }

    private @Nullable Integer size(String name, int dimension) {
        long[] shape = shapes.get(name);
        return shape == null || shape.length != 2 || shape[dimension] > Integer.MAX_VALUE
                ? null
                : Integer.valueOf((int) shape[dimension]);
    }
}
