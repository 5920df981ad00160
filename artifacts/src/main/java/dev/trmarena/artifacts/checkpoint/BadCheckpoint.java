package dev.trmarena.artifacts.checkpoint;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A checkpoint or its configuration cannot be used; says which file, where in it, what is wrong and what to do. */
public final class BadCheckpoint extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String file;
    private final @Nullable String place;
    private final String problem;
    private final String remedy;
    private final List<String> missing;
    private final List<String> presets;
    private final transient List<Network> networks;
    private final List<String> files;
    private final transient Known known;

    public BadCheckpoint(String file, @Nullable String place, String problem, String remedy) {
        this(file, place, problem, remedy, List.of(), List.of(), List.of(), List.of(), Known.NOTHING);
    }

    private BadCheckpoint(
            String file,
            @Nullable String place,
            String problem,
            String remedy,
            List<String> missing,
            List<String> presets,
            List<Network> networks,
            List<String> files,
            Known known) {
        super(file + (place == null ? "" : ", " + place) + ": " + problem);
        this.file = file;
        this.place = place;
        this.problem = problem;
        this.remedy = remedy;
        this.missing = List.copyOf(missing);
        this.presets = List.copyOf(presets);
        this.networks = List.copyOf(networks);
        this.files = List.copyOf(files);
        this.known = known;
    }

    /**
     * Settings that are known although others are missing.
     *
     * @param values by the names of {@link HyperParameters}
     * @param sources by the same names: where each value came from
     * @param notes see {@link CheckpointManifest}
     */
    public record Known(Map<String, Object> values, Map<String, String> sources, List<String> notes) {
        static final Known NOTHING = new Known(Map.of(), Map.of(), List.of());

        public Known {
            values = Map.copyOf(values);
            sources = Map.copyOf(sources);
            notes = List.copyOf(notes);
        }
    }

    /**
     * Settings that neither the tensors nor anybody else has told.
     *
     * @param presets names of presets that have all of them
     */
    static BadCheckpoint missing(String file, List<String> missing, List<String> presets, Known known) {
        return new BadCheckpoint(
                file,
                null,
                "its configuration is missing: the tensors do not tell " + String.join(", ", missing),
                "Give the all_config.yaml that the trainer wrote beside the checkpoint, or name a preset ("
                        + String.join(", ", presets) + "), or give each of these settings.",
                missing,
                presets,
                List.of(),
                List.of(),
                known);
    }

    /** A setting that nobody gave, and that only a question can tell: the place, the problem and the remedy ask it. */
    static BadCheckpoint asks(String file, String place, String problem, String remedy, String setting, Known known) {
        return new BadCheckpoint(
                file, place, problem, remedy, List.of(setting), List.of(), List.of(), List.of(), known);
    }

    /** Nobody said which of them is meant. */
    static BadCheckpoint undecided(String file, String problem, String remedy, List<Network> networks) {
        return new BadCheckpoint(
                file,
                null,
                problem,
                remedy,
                List.of(Configuration.WEIGHTS),
                List.of(),
                networks,
                List.of(),
                Known.NOTHING);
    }

    /** Nobody said which checkpoint of an archive is meant. */
    static BadCheckpoint several(String archive, String problem, String remedy, List<String> files) {
        return new BadCheckpoint(
                archive,
                null,
                problem,
                remedy,
                List.of(Configuration.FILE),
                List.of(),
                List.of(),
                files,
                Known.NOTHING);
    }

    public String file() {
        return file;
    }

    public @Nullable String place() {
        return place;
    }

    public String problem() {
        return problem;
    }

    public String remedy() {
        return remedy;
    }

    /** Settings that have to be given; empty when something else is wrong. */
    public List<String> missing() {
        return missing;
    }

    /** Presets that would give them; empty when something else is wrong. */
    public List<String> presets() {
        return presets;
    }

    /** Of which one has to be chosen; empty when something else is wrong. */
    public List<Network> networks() {
        return networks;
    }

    /** Checkpoints of an archive, of which one has to be chosen; empty when something else is wrong. */
    public List<String> files() {
        return files;
    }

    /** What is known beside {@link #missing()}; nothing when something else is wrong. */
    public Known known() {
        return known;
    }
}
