package dev.trmarena.artifacts.checkpoint;

import dev.trmarena.limits.Quote;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration says of training, and what somebody said by hand, which goes before it, by the names of the authors' trainer. What
 * nobody says is collected, so that one refusal names all of it.
 */
public final class TrainerConfiguration {
    private static final String ARCH = "arch";
    private static final String FREEZE = "freeze_weights";
    private static final String EXPLORATION = "halt_exploration_prob";

    /** All that can be given. */
    public static final List<String> NAMES = List.of(
            "lr",
            "puzzle_emb_lr",
            "weight_decay",
            "puzzle_emb_weight_decay",
            "lr_warmup_steps",
            "lr_min_ratio",
            "beta1",
            "beta2",
            "ema",
            "ema_rate",
            FREEZE,
            EXPLORATION,
            "epochs",
            "global_batch_size");

    private final String file;
    private final Map<?, ?> root;
    private final Map<?, ?> arch;
    private final Interpolations interpolations;
    private final Map<String, String> given;
    private final List<String> missing = new ArrayList<>();

    private TrainerConfiguration(String file, Map<?, ?> root, Map<String, String> given) {
        this.file = file;
        this.root = root;
        this.arch = root.get(ARCH) instanceof Map<?, ?> part ? part : Map.of();
        this.interpolations = new Interpolations(file, root, "");
        this.given = given;
    }

    /**
     * @param yaml the trainer's file; null when there is none
     * @param file its name, for messages
     * @param given values as text; others than {@link #NAMES} are not looked at
     * @throws BadCheckpoint when the file is no YAML
     */
    public static TrainerConfiguration read(@Nullable Path yaml, String file, Map<String, String> given)
            throws IOException {
        Object read = yaml == null ? null : YamlData.read(yaml, file);
        return new TrainerConfiguration(file, read instanceof Map<?, ?> root ? root : Map.of(), Map.copyOf(given));
    }

    /** What was given of the network, and not of its training. */
    public static Map<String, String> ofNetwork(Map<String, String> given) {
        var network = new TreeMap<>(given);
        network.keySet().removeAll(NAMES);
        return network;
    }

    /**
     * @param frozen whether the rows alone are trained; what is known of the weights' training alone is not asked for then
     * @param groups of the train split of the set
     * @param meanPuzzleExamples of it
     * @throws BadCheckpoint naming what nobody says, what is no such value, and what cannot be trained
     */
    public TrainerSettings settings(Architecture architecture, boolean frozen, int groups, double meanPuzzleExamples) {
        requireTrained(architecture);
        if (given.containsKey(FREEZE) && flag(FREEZE) != frozen) {
            throw bad(FREEZE, !frozen, "the mode says otherwise");
        }
        double epochs = real("epochs", null, 1e9);
        int batch = (int) real("global_batch_size", null, 1 << 20);
        boolean ema = flag("ema");
        var settings = new TrainerSettings(
                real("lr", frozen ? 0.0 : null, 1e30),
                real("puzzle_emb_lr", null, 1e30),
                real("weight_decay", frozen ? 0.0 : null, 1e9),
                real("puzzle_emb_weight_decay", null, 1e9),
                (int) real("lr_warmup_steps", null, Integer.MAX_VALUE),
                real("lr_min_ratio", null, 1),
                real("beta1", frozen ? 0.9 : null, 1),
                real("beta2", frozen ? 0.95 : null, 1),
                ema,
                real("ema_rate", ema && !frozen ? null : 0.999, 1),
                frozen,
                real(EXPLORATION, null, 1),
                1);
        if (!missing.isEmpty()) {
            throw new BadCheckpoint(
                    file,
                    null,
                    "nobody says " + String.join(", ", missing),
                    "Give them: "
                            + missing.stream()
                                    .map(each -> "--set " + each + "=…")
                                    .collect(Collectors.joining(" ")) + ".");
        }
        if (batch < 1) {
            throw bad("global_batch_size", batch, "a number from 1 was expected");
        }
        int total = TrainerSettings.totalSteps(epochs, groups, meanPuzzleExamples, batch);
        return settings.withTotalSteps(total);
    }

    private void requireTrained(Architecture architecture) {
        Object loss = arch.get("loss") instanceof Map<?, ?> said ? said.get("loss_type") : null;
        if (loss != null && !loss.equals("stablemax_cross_entropy")) {
            throw bad(
                    "arch.loss.loss_type",
                    loss,
                    "the authors' trainer works with stablemax_cross_entropy alone, and so does this");
        }
        boolean compares = architecture == Architecture.HRM || architecture == Architecture.TRANSFORMER;
        if (!compares && Boolean.FALSE.equals(arch.get("no_ACT_continue"))) {
            throw bad(
                    "arch.no_ACT_continue",
                    false,
                    "the authors' trainer fails with it, so that nobody knows what it should give");
        }
    }

    private @Nullable Object find(String name) {
        if (given.containsKey(name)) {
            return given.get(name);
        }
        boolean inside = name.equals(EXPLORATION) && arch.containsKey(name);
        return interpolations.resolve(inside ? List.of(ARCH, name) : List.of(name), (inside ? arch : root).get(name));
    }

    /** @param standard where nobody says; null when somebody has to */
    private double real(String name, @Nullable Double standard, double most) {
        Object value = find(name);
        if (value == null) {
            if (standard == null) {
                missing.add(name);
            }
            return standard == null ? 0 : standard;
        }
        double real = Double.NaN;
        if (value instanceof Number number) {
            real = number.doubleValue();
        } else if (String.valueOf(value).matches("\\d{1,20}(\\.\\d{0,20})?([eE][-+]?\\d{1,3})?")) {
            // YAML 1.1 reads 1e-4 without a dot as text.
            real = Double.parseDouble(String.valueOf(value));
        }
        if (real >= 0 && real <= most) {
            return real;
        }
        throw bad(
                name,
                value,
                "a number from 0 to " + (most == Math.rint(most) && most < 1e9 ? (long) most : most) + " was expected");
    }

    private boolean flag(String name) {
        Object value = find(name);
        if (value == null) {
            return false;
        }
        return switch (String.valueOf(value)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw bad(name, value, "true or false was expected");
        };
    }

    private BadCheckpoint bad(String name, Object value, String wanted) {
        boolean said = given.containsKey(name);
        return new BadCheckpoint(
                said ? "--set" : file,
                name,
                "it is '" + Quote.of(String.valueOf(value)) + "', " + wanted,
                said
                        ? "Give another value, or leave it out."
                        : "Correct it, or give another one with --set " + name + "=….");
    }
}
