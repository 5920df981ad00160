package dev.trmarena.artifacts.checkpoint;

import dev.trmarena.limits.Quote;
import dev.trmarena.limits.ReadLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code arch} section of the trainer's {@code all_config.yaml}, or a file that is such a section alone
 * ({@code config/arch/trm.yaml}). Of its keys each is read, known to matter in training alone, or told of.
 */
final class ConfigFile {
    private static final String ARCH = "arch";
    private static final String NAME = "name";
    private static final String ARCHITECTURE = "architecture";
    private static final String STEPS = "halt_max_steps";

    /** As many steps are run in an evaluation, where it is set: in the section, or beside it. */
    private static final String EVALUATION_STEPS = "halt_max_steps_eval";

    /** Keys of the authors' configurations that change nothing in an evaluation; sizes that the tensors tell are among them. */
    private static final Set<String> OF_TRAINING = Set.of(
            "loss",
            "halt_exploration_prob",
            "no_ACT_continue",
            "act_enabled",
            "batch_size",
            "seq_len",
            "vocab_size",
            "num_puzzle_identifiers",
            "ema",
            "ema_rate",
            "eval_interval",
            "checkpoint_every_eval",
            "checkpoint_path",
            "loop_deltas",
            "profile",
            "attn_dropout",
            "mlp_dropout",
            "lora_r",
            "lora_rank",
            "lora_dropout");

    /** Switches of blocks with convolutions, as forks call them. */
    private static final Pattern CONVOLUTION =
            Pattern.compile("(?:.*_)?(?:dw)?conv(?:[12]d)?(?:_.*)?|use_board_swiglu");

    /** EqR computes otherwise with the very tensors of TRM; its configurations tell by this key. */
    private static final String DAMPING = "lambda_";

    /** Of the networks that are run here. */
    private static final Set<String> CLASSES = Set.of(
            "TinyRecursiveReasoningModel_ACTV1",
            "HierarchicalReasoningModel_ACTV1",
            "HierarchicalReasoningModel_ACTV2",
            "Model_ACTV2",
            "TRM",
            "HRM",
            "URM");

    /** Modules by whose name forks have now the one and now the other network: their tensors say which. */
    private static final Set<String> OTHER_NAMES = Set.of("hrm_act_v2", "transformer", "transformers", "trm_act_v1");

    private final String file;
    private final String section;
    private final Map<?, ?> arch;
    private final Interpolations interpolations;
    private final Map<String, Object> settings = new HashMap<>();
    private final List<String> notes = new ArrayList<>();

    private ConfigFile(String file, Map<?, ?> root) {
        this.file = file;
        boolean whole = root.get(ARCH) instanceof Map<?, ?>;
        this.section = whole ? ARCH : "";
        this.arch = root.get(ARCH) instanceof Map<?, ?> part ? part : root;
        this.interpolations = new Interpolations(file, root, whole ? "" : ARCH);
    }

    /**
     * @param file its name, for messages
     * @return the settings by name, of {@code arch.name} only what tells the architecture; and what is to be told of the others
     */
    static Settings.Source read(Path yaml, String file) throws IOException {
        if (!(YamlData.read(yaml, file) instanceof Map<?, ?> root) || kind(root) == Kind.NONE) {
            throw none(file);
        }
        var config = new ConfigFile(file, root);
        config.read(root);
        return new Settings.Source(
                file, config.section.isEmpty() ? "" : ARCH + ".", config.settings, List.copyOf(config.notes));
    }

    /** What a YAML file is. */
    enum Kind {
        /** It has a section {@code arch}. */
        WHOLE,
        /** It is such a section alone. */
        BARE,
        NONE
    }

    /** @throws BadCheckpoint when it is no YAML */
    static Kind kind(Path yaml, String file) throws IOException {
        return YamlData.read(yaml, file) instanceof Map<?, ?> root ? kind(root) : Kind.NONE;
    }

    private static Kind kind(Map<?, ?> root) {
        if (root.get(ARCH) instanceof Map<?, ?>) {
            return Kind.WHOLE;
        }
        return Settings.KEYS.stream().anyMatch(root::containsKey) ? Kind.BARE : Kind.NONE;
    }

    private static BadCheckpoint none(String file) {
        return new BadCheckpoint(
                file, null, "there is no section 'arch', and no setting of one either", YamlData.REMEDY);
    }

    private void read(Map<?, ?> root) {
        Settings.KEYS.stream().filter(key -> !key.equals(ARCHITECTURE)).forEach(key -> take(key, arch.get(key)));
        if (arch.get(NAME) != null) {
            readName(String.valueOf(scalar(place(NAME), arch.get(NAME))));
        }
        boolean inside = arch.get(EVALUATION_STEPS) != null;
        Object steps = inside ? arch.get(EVALUATION_STEPS) : root.get(EVALUATION_STEPS);
        if (steps != null) {
            steps = scalar(inside ? place(EVALUATION_STEPS) : List.of(EVALUATION_STEPS), steps);
            if (!steps.equals(settings.put(STEPS, steps))) {
                notes.add(STEPS + ": " + Quote.of(String.valueOf(steps)) + ", by " + EVALUATION_STEPS
                        + ", as many as its authors evaluate");
            }
        }
        // Those of its authors, if they are of this family; which it is, may be known by the tensors alone.
        Architecture.allAuthorsNames().stream()
                .filter(key -> isPlain(arch.get(key)) && !OF_TRAINING.contains(key))
                .forEach(key -> take(key, arch.get(key)));
        arch.forEach((key, value) -> tellOf(String.valueOf(key), value));
    }

    private void take(String key, @Nullable Object value) {
        Object resolved = value == null ? null : scalar(place(key), value);
        if (resolved != null) {
            settings.put(key, resolved);
        }
    }

    private void tellOf(String key, @Nullable Object value) {
        if (value == null
                || key.equals(NAME)
                || key.equals(EVALUATION_STEPS)
                || !key.equals(ARCHITECTURE) && settings.containsKey(key)
                || OF_TRAINING.contains(key)) {
            return;
        }
        boolean off = Boolean.FALSE.equals(value) || value.equals(0);
        if (CONVOLUTION.matcher(key).matches() && !off) {
            throw bad(place(key), "blocks with such a convolution are not run here");
        }
        if (key.equals(DAMPING) && !CLASSES.contains(className())) {
            throw bad(place(key), "networks with it compute otherwise with the same tensors, and are not run here");
        }
        if (notes.size() < ReadLimits.CONFIGURATION_NOTES) {
            notes.add(Quote.of(key) + Settings.NOT_KNOWN);
        } else {
            notes.set(notes.size() - 1, "more keys" + Settings.NOT_KNOWN);
        }
    }

    /** {@code TRM} of {@code trm.trm@TRM}; that of TRM itself where there is no name. */
    private String className() {
        String name = String.valueOf(arch.get(NAME));
        return arch.get(NAME) == null ? "TRM" : name.substring(name.indexOf('@') + 1);
    }

    /** {@code trm} of {@code recursive_reasoning.trm@TinyRecursiveReasoningModel_ACTV1}. */
    private void readName(String name) {
        String module = name.replaceFirst("@.*", "");
        String last = module.substring(module.lastIndexOf('.') + 1);
        if (OTHER_NAMES.contains(last)) {
            notes.add("name: by '" + Quote.of(last) + "' several networks are called; the tensors say which this is");
            return;
        }
        settings.put(
                ARCHITECTURE,
                switch (last) {
                    case "hrm_act_v1" -> Architecture.HRM.key();
                    case "transformers_baseline" -> Architecture.TRANSFORMER.key();
                    default -> last;
                });
    }

    private List<String> place(String key) {
        return section.isEmpty() ? List.of(key) : List.of(section, key);
    }

    private Object scalar(List<String> place, Object value) {
        Object resolved = interpolations.resolve(place, value);
        if (resolved != null && isPlain(resolved)) {
            return resolved;
        }
        throw bad(place, "it is no plain value: a number, a text, true or false was expected");
    }

    private static boolean isPlain(@Nullable Object value) {
        return value instanceof String || value instanceof Number || value instanceof Boolean;
    }

    private BadCheckpoint bad(List<String> place, String problem) {
        return new BadCheckpoint(file, Quote.of(String.join(".", place)), problem, YamlData.REMEDY);
    }
}
