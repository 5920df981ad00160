package dev.trmarena.artifacts.checkpoint;

import dev.trmarena.limits.ReadLimits;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The {@code arch} section of the trainer's {@code all_config.yaml}. */
final class ConfigFile {
    private static final String REMEDY = "Upload the all_config.yaml that the trainer wrote beside this checkpoint.";

    private ConfigFile() {}

    /**
     * @param file its name, for messages
     * @return the settings by name; of {@code arch.name} only what tells the architecture
     */
    static Map<String, Object> read(Path yaml, String file) throws IOException {
        if (Files.size(yaml) > ReadLimits.CONFIGURATION_BYTES) {
            throw new BadCheckpoint(
                    file,
                    null,
                    "it has " + Files.size(yaml) + " bytes, at most " + ReadLimits.CONFIGURATION_BYTES + " are read",
                    REMEDY);
        }
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(ReadLimits.CONFIGURATION_ALIASES);
        options.setNestingDepthLimit(ReadLimits.CONFIGURATION_DEPTH);
        options.setAllowDuplicateKeys(false);
        try {
            String text = Files.readString(yaml);
            requireNoneWithinItself(file, new Yaml(options).compose(new StringReader(text)));
            Object root = new Yaml(new SafeConstructor(options)).load(text);
            if (root instanceof Map<?, ?> map && map.get("arch") instanceof Map<?, ?> arch) {
                return settings(file, arch);
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

    private static Map<String, Object> settings(String file, Map<?, ?> arch) {
        var settings = new HashMap<String, Object>();
        for (String key : Settings.KEYS) {
            Object value = arch.get(key);
            if (value != null) {
                settings.put(key, scalar(file, key, value));
            }
        }
        settings.remove("architecture");
        Object name = arch.get("name");
        if (name != null) {
            settings.put("architecture", architecture(String.valueOf(scalar(file, "name", name))));
        }
        return settings;
    }

    private static Object scalar(String file, String key, Object value) {
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        throw new BadCheckpoint(
                file, "arch." + key, "it is no plain value: a number, a text, true or false was expected", REMEDY);
    }

    /** A list or map that contains itself has no end for whoever walks through it, were it only to say what it is. */
    private static void requireNoneWithinItself(String file, @Nullable Node root) {
        if (root != null && !withoutCycle(root, new HashSet<>(), new HashSet<>())) {
            throw new BadCheckpoint(file, null, "an alias in it stands for what contains it", REMEDY);
        }
    }

    /** @param above nodes that contain this one; nodes are equal when they are the same */
    private static boolean withoutCycle(Node node, Set<Node> above, Set<Node> seen) {
        if (above.contains(node)) {
            return false;
        }
        if (!seen.add(node)) {
            return true;
        }
        above.add(node);
        boolean without = true;
        if (node instanceof SequenceNode list) {
            without = list.getValue().stream().allMatch(item -> withoutCycle(item, above, seen));
        } else if (node instanceof MappingNode map) {
            without = map.getValue().stream()
                    .allMatch(pair -> withoutCycle(pair.getKeyNode(), above, seen)
                            && withoutCycle(pair.getValueNode(), above, seen));
        }
        above.remove(node);
        return without;
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
