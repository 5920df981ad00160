package dev.trmarena.artifacts.checkpoint;

import static dev.trmarena.artifacts.checkpoint.Architecture.Level.BARE;
import static dev.trmarena.artifacts.checkpoint.Architecture.Level.HIGH;
import static dev.trmarena.artifacts.checkpoint.Architecture.Level.LENET;
import static dev.trmarena.artifacts.checkpoint.Architecture.Level.LOW;
import static dev.trmarena.artifacts.checkpoint.Architecture.Reads.ACT_INFERENCE;
import static dev.trmarena.artifacts.checkpoint.Architecture.Reads.CYCLES;
import static dev.trmarena.artifacts.checkpoint.Architecture.Reads.HALT_PROB_THRES;
import static dev.trmarena.artifacts.checkpoint.Architecture.Reads.MLP_T;
import static dev.trmarena.artifacts.checkpoint.Architecture.Reads.NO_POSITIONS;
import static dev.trmarena.artifacts.checkpoint.Architecture.Reads.PUZZLE_EMB_LEN;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The families of networks, each described once: by it a checkpoint is inspected and a network is built. What is not here is
 * the recursion itself, a script of the same name in {@code solver-worker}.
 *
 * <p>Source: {@code models/} of TinyRecursiveModels and HRM, {@code tiny_recursive_model/} of lucidrains; the tables in {@code docs/models.md}, sections 3 and 4.
 */
public enum Architecture {
    /** Tiny Recursive Model, arXiv 2510.04871: two states, one network for both. */
    TRM(List.of("H_init", "L_init"), List.of(LOW), CYCLES, PUZZLE_EMB_LEN, MLP_T, NO_POSITIONS),

    /** The Tiny Recursive Model with one state. */
    TRM_SINGLEZ(List.of("L_init"), List.of(LOW), CYCLES, PUZZLE_EMB_LEN, MLP_T, NO_POSITIONS),

    /** The Tiny Recursive Model with six low states; all are summed, also those that no cycle updates. */
    TRM_HIER6(
            List.of("H_init", "L1_init", "L2_init", "L3_init", "L4_init", "L5_init", "L6_init"),
            List.of(LOW),
            CYCLES,
            PUZZLE_EMB_LEN,
            MLP_T,
            NO_POSITIONS),

    /** Hierarchical Reasoning Model, arXiv 2506.21734: two states, a network for each. */
    HRM(List.of("H_init", "L_init"), List.of(LOW, HIGH), CYCLES, MLP_T, NO_POSITIONS),

    /** The baseline of the Tiny Recursive Model's code: one deep network, run on its own output, always with attention. */
    TRANSFORMER(List.of("H_init"), List.of(HIGH), ACT_INFERENCE),

    /** Universal Reasoning Model, arXiv 2512.14693: one state, and a short convolution in the MLP, with a type of its own. */
    URM(
            List.of("init_hidden"),
            List.of(BARE),
            Ends.AUTHORS,
            Map.of("halt_max_steps", "loops", "L_layers", "num_layers"),
            CYCLES),

    /** nano-trm: the recursion of the Tiny Recursive Model; one halting number, a board may have two dimensions. */
    NANO_TRM(
            List.of("z_H_init", "z_L_init"),
            List.of(LENET),
            new Ends("input_embedding.embedding_weight", "lm_head.weight", "q_head.weight", "q_head.bias", 1),
            Map.of(
                    "halt_max_steps", "N_supervision_val",
                    "L_layers", "num_layers",
                    "expansion", "ffn_expansion",
                    "mlp_t", "use_mlp_t",
                    "pos_encodings", "pos_emb_type",
                    "puzzle_emb_ndim", "puzzle_emb_dim",
                    "seq_len", "seq_len"),
            CYCLES,
            PUZZLE_EMB_LEN,
            MLP_T,
            NO_POSITIONS),

    /** lucidrains' tiny-recursive-model around its MLP mixer: two states, one network; rows leave as soon as they are sure. */
    LUCIDRAINS(
            List.of("output_init_embed", "latent_init_embed"),
            List.of(),
            new Ends(
                    "input_embed.weight",
                    "to_pred.weight",
                    "to_halt_pred.1.weight",
                    "",
                    1,
                    "register_tokens",
                    false,
                    true),
            Map.of(
                    "H_cycles", "num_refinement_blocks",
                    "L_cycles", "num_latent_refinements",
                    "halt_max_steps", "max_deep_refinement_steps"),
            CYCLES,
            HALT_PROB_THRES);

    private final List<String> initialStates;
    private final List<Level> levels;
    private final Ends ends;
    private final Map<String, String> authorsNames;
    private final Set<Reads> reads;

    Architecture(List<String> initialStates, List<Level> levels, Reads... reads) {
        this(initialStates, levels, Ends.AUTHORS, Map.of(), reads);
    }

    /** @param authorsNames of settings that this family's authors call otherwise than {@link Settings#KEYS}, and of those that it alone has */
    Architecture(
            List<String> initialStates,
            List<Level> levels,
            Ends ends,
            Map<String, String> authorsNames,
            Reads... reads) {
        this.initialStates = initialStates;
        this.levels = levels;
        this.ends = ends;
        this.authorsNames = authorsNames;
        this.reads = Set.of(reads);
    }

    /** A stack of blocks. */
    public enum Level {
        LOW("L_level.layers.", "L_layers"),
        HIGH("H_level.layers.", "H_layers"),
        /** The only one of {@link Architecture#URM}. */
        BARE("layers.", "L_layers"),
        /** The only one of {@link Architecture#NANO_TRM}. */
        LENET("lenet.layers.", "L_layers");

        private final String path;
        private final String setting;

        Level(String path, String setting) {
            this.path = path;
            this.setting = setting;
        }

        /** The tensors of a block are called by this and a name of their own: {@code L_level.layers.0.mlp.down_proj.weight}. */
        public String block(int number) {
            return path + number + ".";
        }

        /** The setting that says how many blocks it has. */
        String setting() {
            return setting;
        }

        /** How many blocks it has. */
        public int layers(HyperParameters hyper) {
            return this == HIGH ? hyper.hLayers() : hyper.lLayers();
        }
    }

    /**
     * What is around the recursion, as {@code frame.torchscript} runs it: names of tensors, and how they are used.
     *
     * @param embedding of the tokens, V × D
     * @param head that reads the answer, V × D
     * @param qHead that reads whether to halt, {@code qOutputs} × D
     * @param qBias of it; empty when it has none
     * @param qOutputs 2 are the halt and the continue logit, 1 is the halt logit alone
     * @param registers P × D, vectors in front of the tokens that are the same for all puzzles; empty when there are none
     * @param scaled whether the input is multiplied by √D
     * @param pooled whether {@code qHead} reads the mean of all positions; else the first
     */
    public record Ends(
            String embedding,
            String head,
            String qHead,
            String qBias,
            int qOutputs,
            String registers,
            boolean scaled,
            boolean pooled) {
        static final Ends AUTHORS =
                new Ends("embed_tokens.embedding_weight", "lm_head.weight", "q_head.weight", "q_head.bias", 2);

        /** As in TRM: no registers, a scaled input, and the first position decides. */
        Ends(String embedding, String head, String qHead, String qBias, int qOutputs) {
            this(embedding, head, qHead, qBias, qOutputs, "", true, false);
        }
    }

    /** Settings that some families read. The others ignore them: the authors' configurations have them all the same. */
    enum Reads {
        /** {@code H_cycles} and {@code L_cycles}; others run each level once in a step. */
        CYCLES,
        /** {@code puzzle_emb_len}; others take as many positions as the puzzle embedding fills. */
        PUZZLE_EMB_LEN,
        /** {@code mlp_t}; others always have attention. */
        MLP_T,
        /** {@code none} as a value of {@code pos_encodings}. */
        NO_POSITIONS,
        /** {@code act_inference}: rows that want to halt may start again. */
        ACT_INFERENCE,
        /** {@code halt_prob_thres}: a row leaves with its answer as soon as the head for halting says so. */
        HALT_PROB_THRES
    }

    /** Names of the tensors (D) that the states begin as, in the order of the carry: the one that the answer is read from first. */
    public List<String> initialStates() {
        return initialStates;
    }

    /** In the order in which the script numbers them; none where the blocks are of another kind, {@link MixerBlocks}. */
    public List<Level> levels() {
        return levels;
    }

    /** Whether its script is told how many cycles a step has. */
    public boolean hasCycles() {
        return reads(CYCLES);
    }

    /** Whether it is trained here, too: the families whose authors' training is {@code supervision.torchscript}. */
    public boolean trains() {
        return switch (this) {
            case TRM, TRM_SINGLEZ, TRM_HIER6, HRM, TRANSFORMER -> true;
            case URM, NANO_TRM, LUCIDRAINS -> false;
        };
    }

    /** The tensors around the recursion. */
    public Ends ends() {
        return ends;
    }

    /** How this family's authors call a setting. @param key one of {@link Settings#KEYS} */
    String authorsName(String key) {
        return authorsNames.getOrDefault(key, key);
    }

    /** Names that any family's authors have for settings, beside {@link Settings#KEYS}. */
    static Set<String> allAuthorsNames() {
        return Arrays.stream(values())
                .flatMap(each -> each.authorsNames.values().stream())
                .collect(Collectors.toSet());
    }

    boolean hasAuthorsName(String name) {
        return authorsNames.containsValue(name);
    }

    boolean reads(Reads setting) {
        return reads.contains(setting);
    }

    /** Of several low states each has its turn once in a cycle; a single one has it in every turn. */
    public int mostLowCycles() {
        return initialStates.size() > 2 ? initialStates.size() - 1 : Integer.MAX_VALUE;
    }

    /** As it stands in manifests, configurations and the API, and as its script is called: {@code trm_hier6}. */
    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException naming those there are */
    @JsonCreator
    public static Architecture of(String key) {
        return Arrays.stream(values())
                .filter(each -> each.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("solvers run " + keys() + ", not " + key));
    }

    /** All of them, for people. */
    static String keys() {
        return Arrays.stream(values()).map(Architecture::key).collect(Collectors.joining(", "));
    }
}
