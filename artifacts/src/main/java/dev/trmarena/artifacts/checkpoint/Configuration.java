package dev.trmarena.artifacts.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What people say about a checkpoint; what its tensors say is found in them. A setting is taken from the first of these that
 * has it: given by name, the configuration file, the preset, the tensors, the defaults of the authors' code.
 *
 * @param yaml the trainer's {@code all_config.yaml}; null when there is none (one inside an archive is found)
 * @param yamlName how its sender calls it, for messages; null is {@code all_config.yaml}
 * @param preset one of {@link #presets()}; null for none
 * @param given values as text by the names of the configuration file, {@code L_cycles} for one
 */
public record Configuration(
        @Nullable Path yaml,
        @Nullable String yamlName,
        @Nullable String preset,
        Map<String, String> given) {
    /** Names the network that is meant in a file of several; no hyper-parameter, and given like one. */
    static final String WEIGHTS = "weights";

    /** Names the checkpoint that is meant in an archive of several; likewise. */
    static final String FILE = "file";

    private static final String ARCHITECTURE = "architecture";

    public Configuration {
        given = Map.copyOf(given);
    }

    /** @return {@code ema}, {@code raw}, or keys of the file; null when nobody said */
    @Nullable
    String weights() {
        return given.get(WEIGHTS);
    }

    /** @return the name of a checkpoint in an archive; null when nobody said */
    @Nullable
    String file() {
        return given.get(FILE);
    }

    /** @throws BadCheckpoint when what was said of it has no meaning */
    Leeway leeway() {
        return Leeway.of(given);
    }

    /** Nothing is known beside the tensors. */
    public static Configuration none() {
        return new Configuration(null, null, null, Map.of());
    }

    /** @param yaml null when there is none */
    public static Configuration of(@Nullable Path yaml, @Nullable String yamlName) {
        return new Configuration(yaml, yamlName, null, Map.of());
    }

    /** The same with a configuration file that was found elsewhere. */
    public Configuration withYaml(Path file, String name) {
        return new Configuration(file, name, preset, given);
    }

    /** The same with the file of an archive that was chosen. */
    Configuration withFile(String name) {
        var all = new LinkedHashMap<>(given);
        all.put(FILE, name);
        return new Configuration(yaml, yamlName, preset, all);
    }

    /** @throws BadCheckpoint when the preset is one of another network, and nothing but the tensors says which this is */
    void requirePresetOf(@Nullable Object architecture) {
        if (preset == null || architecture == null || yaml != null || given.containsKey(ARCHITECTURE)) {
            return;
        }
        Object its = Presets.get(preset).get(ARCHITECTURE);
        if (!architecture.equals(its)) {
            String others = Presets.all().stream()
                    .filter(each -> architecture.equals(each.settings().get(ARCHITECTURE)))
                    .map(Preset::name)
                    .collect(Collectors.joining(", "));
            throw new BadCheckpoint(
                    "preset " + preset,
                    ARCHITECTURE,
                    "it is a recipe of " + its + ", the tensors are those of " + architecture,
                    others.isEmpty()
                            ? "There is no preset of " + architecture + "; leave it out, and give the settings."
                            : "Of " + architecture + " there is " + others + ".");
        }
    }

    /** Names of the published recipes. */
    public static List<String> presets() {
        return Presets.names();
    }

    /** The same with whose they are, what they say, and what they reach. */
    public static List<Preset> recipes() {
        return Presets.all();
    }

    /** Names of all settings that can be given. */
    public static List<String> settings() {
        return Settings.names();
    }

    /** What the people who trained it called their project; null when the configuration file does not say. */
    public @Nullable String projectName() throws IOException {
        return yaml != null
                        && YamlData.read(yaml, yaml.toString()) instanceof Map<?, ?> root
                        && root.get("project_name") instanceof String name
                ? name
                : null;
    }

    /**
     * As sources of settings, strongest first; the tensors and the authors' defaults come after them.
     *
     * @param inside what the checkpoint says itself: Lightning keeps the arguments of a model beside its weights
     */
    List<Settings.Source> sources(Map<String, Object> inside) throws IOException {
        var sources = new ArrayList<Settings.Source>();
        var settings = new LinkedHashMap<String, Object>(given);
        settings.keySet().removeAll(List.of(WEIGHTS, FILE));
        settings.keySet().removeAll(Leeway.NAMES);
        if (!settings.isEmpty()) {
            Settings.requireKnown(settings.keySet());
            sources.add(new Settings.Source(Settings.GIVEN, "", settings));
        }
        if (yaml != null) {
            String name = yamlName == null ? "all_config.yaml" : yamlName;
            sources.add(ConfigFile.read(yaml, name));
        }
        var own = new LinkedHashMap<String, Object>(inside);
        // Of what is None the authors' default holds; only positions are none then.
        own.entrySet()
                .removeIf(each -> !Settings.isKnown(each.getKey())
                        || each.getValue().equals("None") && !each.getKey().equals("pos_emb_type"));
        if (!own.isEmpty()) {
            sources.add(new Settings.Source("hyper_parameters of the checkpoint", "", own));
        }
        if (preset != null) {
            sources.add(new Settings.Source("preset " + preset, "", Presets.get(preset)));
        }
        return sources;
    }
}
