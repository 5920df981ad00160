package dev.trmarena.artifacts.checkpoint;

import dev.trmarena.limits.Quote;
import dev.trmarena.limits.ReadLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a network, each from the first source that has it, and a record of which source that was. What no source
 * has is collected, so that one refusal can name all of it.
 */
final class Settings {
    /**
     * What can be given, under the names of the configurations of TRM and HRM; {@code architecture} stands for theirs of the class. Other
     * families' authors have other names for some ({@link Architecture#authorsName}), which are as good.
     */
    static final List<String> KEYS = List.of(
            "architecture",
            "hidden_size",
            "num_heads",
            "expansion",
            "H_cycles",
            "L_cycles",
            "H_layers",
            "L_layers",
            "halt_max_steps",
            "act_inference",
            "mlp_t",
            "pos_encodings",
            "rope_theta",
            "rms_norm_eps",
            "puzzle_emb_ndim",
            "puzzle_emb_len",
            "forward_dtype",
            "halt_prob_thres",
            "tied_head",
            "lora_alpha");

    /** What is said of a key that nothing reads. */
    static final String NOT_KNOWN = ": not known here, may change the result";

    /** Name of the source that is what somebody gave by hand. */
    static final String GIVEN = "given";

    private static final String REMEDY = "Correct it, or use the all_config.yaml that the trainer wrote.";

    /**
     * A place that knows settings.
     *
     * @param name for people: {@code all_config.yaml}, {@code preset trm-arc}, {@code given}, {@code tensors}
     * @param prefix of its keys in messages
     * @param notes what people should know of it beside these values
     */
    record Source(String name, String prefix, Map<String, Object> values, List<String> notes) {
        Source(String name, String prefix, Map<String, Object> values) {
            this(name, prefix, values, List.of());
        }
    }

    private final String checkpoint;
    private final List<Source> sources;
    private @Nullable Architecture architecture;
    private final Map<String, String> origins = new TreeMap<>();
    private final Map<String, Object> values = new TreeMap<>();
    private final List<String> missing = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * @param checkpoint the file's name, for messages
     * @param sources the first that has a setting wins
     */
    Settings(String checkpoint, List<Source> sources) {
        this.checkpoint = checkpoint;
        this.sources = new ArrayList<>(sources);
    }

    /** What holds where no other source knows better. */
    void assume(Source last) {
        sources.add(last);
    }

    /** Without it nothing else can be read, so it is demanded at once; from then on settings go by its authors' names, too. */
    Architecture architecture() {
        Object value = find("architecture");
        if (value == null) {
            requireComplete();
        }
        String key = String.valueOf(value);
        try {
            architecture = Architecture.of(key);
        } catch (IllegalArgumentException e) {
            throw bad("architecture", key, "solvers run " + Architecture.keys());
        }
        requireOfThisFamily(architecture);
        return architecture;
    }

    /** What another family calls a setting would be passed over in silence: of what somebody gave it is refused, of a file told. */
    private void requireOfThisFamily(Architecture family) {
        for (Source source : sources) {
            for (String key : new TreeSet<>(source.values().keySet())) {
                if (!KEYS.contains(key) && !family.hasAuthorsName(key)) {
                    if (source.name().equals(GIVEN)) {
                        String own = KEYS.stream().map(family::authorsName).collect(Collectors.joining(", "));
                        throw new BadCheckpoint(
                                GIVEN,
                                key,
                                "there is no such setting in " + family.key(),
                                "Its settings are " + own + ".");
                    }
                    notes.add(key + NOT_KNOWN);
                }
            }
        }
    }

    /** As this family's authors call it. */
    private String name(String key) {
        return architecture == null ? key : architecture.authorsName(key);
    }

    /** As a source calls it that has it; null where none has. */
    private @Nullable String nameIn(Source source, String key) {
        for (String name : List.of(name(key), key)) {
            if (source.values().get(name) != null) {
                return name;
            }
        }
        return null;
    }

    int integer(String key) {
        Object value = find(key);
        if (value == null) {
            return 1;
        }
        if (value instanceof Integer number && number >= 0) {
            return number;
        }
        if (value instanceof Double real && real >= 0 && real <= Integer.MAX_VALUE && real == Math.rint(real)) {
            return real.intValue();
        }
        if (value instanceof String text && text.matches("\\d{1,9}")) {
            return Integer.parseInt(text);
        }
        throw bad(key, value, "a whole number from 0 was expected");
    }

    int positive(String key) {
        int value = integer(key);
        if (value == 0) {
            throw bad(key, value, "a number from 1 was expected");
        }
        return value;
    }

    /** How often something is repeated. */
    int count(String key) {
        return atMost(key, positive(key), ReadLimits.REPEATS, "are run");
    }

    /** @throws BadCheckpoint when a value that no tensor bounds is beyond what any network needs */
    int atMost(String key, int value, int most, String done) {
        if (value > most) {
            throw bad(key, value, "at most " + most + " " + done);
        }
        return value;
    }

    double real(String key) {
        Object value = find(key);
        if (value == null) {
            return 1;
        }
        double real = value instanceof Number number ? number.doubleValue() : Double.NaN;
        // YAML 1.1 reads 1e-5 without a dot as text.
        if (value instanceof String text && text.matches("\\d{1,20}(\\.\\d{1,20})?([eE][-+]?\\d{1,3})?")) {
            real = Double.parseDouble(text);
        }
        if (real > 0 && real <= 1e9) {
            return real;
        }
        throw bad(key, value, "a positive number was expected");
    }

    /** Above 0 to 1. */
    double probability(String key) {
        double value = real(key);
        if (value > 1) {
            throw bad(key, value, "a probability above 0 to 1 was expected");
        }
        return value;
    }

    boolean flag(String key) {
        Object value = find(key);
        if (value == null) {
            return false;
        }
        return switch (String.valueOf(value).toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw bad(key, value, "true or false was expected");
        };
    }

    /** As it stands there. */
    String text(String key) {
        return String.valueOf(find(key));
    }

    String oneOf(String key, String... allowed) {
        Object value = find(key);
        if (value == null) {
            return allowed[0];
        }
        if (!Arrays.asList(allowed).contains(value)) {
            throw bad(key, value, "known are " + String.join(", ", allowed));
        }
        return (String) value;
    }

    /** Records where a hyper-parameter came from that no setting names: the tensors have it, or the architecture. */
    void noteIfAbsent(String hyperParameter, String origin) {
        origins.putIfAbsent(hyperParameter, origin);
    }

    /** By the names of {@link HyperParameters}: where each value came from. */
    Map<String, String> origins() {
        return Map.copyOf(origins);
    }

    /** What people should know beside the values: of the sources, and what was found since. */
    List<String> notes() {
        return Stream.concat(sources.stream().flatMap(source -> source.notes().stream()), notes.stream())
                .toList();
    }

    void note(String note) {
        notes.add(note);
    }

    /** Whether somebody said so. */
    boolean isSaid(String key) {
        return source(key) != null;
    }

    /** What was found so far. */
    BadCheckpoint.Known known() {
        return new BadCheckpoint.Known(values, origins, notes());
    }

    /** @throws BadCheckpoint naming every setting that was asked for and that no source has */
    void requireComplete() {
        if (!missing.isEmpty()) {
            throw BadCheckpoint.missing(checkpoint, missing, Presets.names(), known());
        }
    }

    /** The source of a setting, as the subject of a sentence; of all of them without a key. */
    String describe(@Nullable String key) {
        if (key == null) {
            return "the configuration (" + sources.get(0).name() + ")";
        }
        Source source = source(key);
        if (source == null) {
            return "the architecture";
        }
        return source.name() + " (" + source.prefix() + nameIn(source, key) + ")";
    }

    /** A value that is none. */
    BadCheckpoint bad(String key, Object value, String wanted) {
        return refusal(key, "it is '" + Quote.of(String.valueOf(value)) + "', " + wanted, REMEDY);
    }

    /** A value that does not go with others. */
    BadCheckpoint misfit(String key, long value, String other) {
        return refusal(
                key,
                "it resolves to " + value + ", against " + other,
                "Check that the configuration belongs to this checkpoint.");
    }

    private BadCheckpoint refusal(String key, String problem, String remedy) {
        Source source = source(key);
        return source == null
                ? new BadCheckpoint(checkpoint, key, problem, remedy)
                : new BadCheckpoint(source.name(), source.prefix() + nameIn(source, key), problem, remedy);
    }

    private @Nullable Object find(String key) {
        Source source = source(key);
        if (source == null) {
            missing.add(name(key));
            return null;
        }
        Object value = Objects.requireNonNull(source.values().get(nameIn(source, key)), key);
        origins.put(camel(key), source.name());
        values.put(camel(key), value);
        return value;
    }

    private @Nullable Source source(String key) {
        for (Source source : sources) {
            if (nameIn(source, key) != null) {
                return source;
            }
        }
        return null;
    }

    /** {@code H_cycles} is {@code hCycles}, {@code puzzle_emb_ndim} is {@code puzzleEmbNdim}. */
    private static String camel(String key) {
        var name = new StringBuilder();
        for (String part : key.split("_")) {
            name.append(
                            name.length() == 0
                                    ? part.substring(0, 1).toLowerCase(Locale.ROOT)
                                    : part.substring(0, 1).toUpperCase(Locale.ROOT))
                    .append(part.substring(1));
        }
        return name.toString();
    }

    /** All that can be given: {@link #KEYS}, and what the authors of single families call some of them. */
    static List<String> names() {
        return Stream.concat(
                        KEYS.stream(), Architecture.allAuthorsNames().stream().sorted())
                .toList();
    }

    /** Whether any family has a setting of this name. */
    static boolean isKnown(String key) {
        return KEYS.contains(key) || Architecture.allAuthorsNames().contains(key);
    }

    /** @throws BadCheckpoint for a name that no family has */
    static void requireKnown(Set<String> keys) {
        for (String key : keys) {
            if (!isKnown(key)) {
                throw new BadCheckpoint(
                        GIVEN, key, "there is no such setting", "Settings are " + String.join(", ", names()) + ".");
            }
        }
    }
}
