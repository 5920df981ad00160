package dev.trmarena.artifacts.checkpoint;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** The {@code arch} section of the trainer's {@code all_config.yaml}. */
final class ConfigFile {
    private static final String REMEDY = "Upload the all_config.yaml that the trainer wrote beside this checkpoint.";
    private static final long MAX_BYTES = 1 << 16;

    private ConfigFile() {}

    /**
     * @param file its name, for messages
     * @return the settings by name; of {@code arch.name} only what tells the architecture
     */
    static Map<String, Object> read(Path yaml, String file) throws IOException {
        if (Files.size(yaml) > MAX_BYTES) {
            throw new BadCheckpoint(
                    file, null, "it has " + Files.size(yaml) + " bytes, more than any configuration", REMEDY);
        }
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(10);
        options.setNestingDepthLimit(20);
        options.setAllowDuplicateKeys(false);
        try (Reader reader = Files.newBufferedReader(yaml)) {
            Object root = new Yaml(new SafeConstructor(options)).load(reader);
            if (root instanceof Map<?, ?> map && map.get("arch") instanceof Map<?, ?> arch) {
                return settings(arch);
            }
            throw new BadCheckpoint(file, null, "there is no section 'arch'", REMEDY);
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            String line = mark == null ? null : "line " + (mark.getLine() + 1);
            throw new BadCheckpoint(file, line, "it is not YAML: " + firstLine(e.getProblem()), REMEDY);
        } catch (YAMLException | CharacterCodingException e) {
            throw new BadCheckpoint(file, null, "it is not YAML: " + firstLine(e.getMessage()), REMEDY);
        }
    }

    private static Map<String, Object> settings(Map<?, ?> arch) {
        var settings = new HashMap<String, Object>();
        for (String key : Settings.KEYS) {
            Object value = arch.get(key);
            if (value != null) {
                settings.put(key, value);
            }
        }
        settings.remove("architecture");
        if (arch.get("name") != null) {
            settings.put("architecture", architecture(String.valueOf(arch.get("name"))));
        }
        return settings;
    }

    /** {@code trm} of {@code recursive_reasoning.trm@TinyRecursiveReasoningModel_ACTV1}. */
    private static String architecture(String name) {
        String module = name.replaceFirst("@.*", "");
        String last = module.substring(module.lastIndexOf('.') + 1);
        return switch (last) {
            case "hrm_act_v1" -> Architecture.HRM.key();
            case "transformers_baseline" -> Architecture.TRANSFORMER.key();
            default -> last;
        };
    }

    private static String firstLine(@Nullable String message) {
        return message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
    }
}
