package dev.trmarena.artifacts.checkpoint;

import dev.trmarena.limits.ReadLimits;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A YAML file as maps, lists, numbers and text. What a dump of Python's calls an object is the map, list or text that it is written
 * as: of a class nothing is built.
 */
final class YamlData {
    static final String REMEDY = "Upload the all_config.yaml that the trainer wrote beside this checkpoint.";

    private static final String PYTHON = "tag:yaml.org,2002:python/";

    private YamlData() {}

    /**
     * @param file its name, for messages
     * @return maps, lists and plain values; null for an empty file
     * @throws BadCheckpoint when it is no YAML, or more than any configuration is
     */
    static @Nullable Object read(Path yaml, String file) throws IOException {
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
        options.setTagInspector(tag -> tag.getValue().startsWith(PYTHON));
        try {
            String text = Files.readString(yaml);
            requireNoneWithinItself(file, new Yaml(options).compose(new StringReader(text)));
            return new Yaml(new AsData(options)).load(text);
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            String line = mark == null ? null : "line " + (mark.getLine() + 1);
            throw new BadCheckpoint(file, line, "it is not YAML: " + firstLine(e.getProblem()), REMEDY);
        } catch (YAMLException | CharacterCodingException e) {
            throw new BadCheckpoint(file, null, "it is not YAML: " + firstLine(e.getMessage()), REMEDY);
        }
    }

    /** Knows no class, whatever its tag. */
    private static final class AsData extends SafeConstructor {
        AsData(LoaderOptions options) {
            super(options);
            yamlMultiConstructors.put(PYTHON, new AbstractConstruct() {
                @Override
                public Object construct(Node node) {
                    if (node instanceof MappingNode map) {
                        return attributes(constructMapping(map));
                    }
                    return node instanceof SequenceNode list
                            ? constructSequence(list)
                            : constructScalar((ScalarNode) node);
                }
            });
        }

        /** A pydantic model is written as its {@code __dict__}, and beside it what its class does not declare. */
        private static Map<Object, Object> attributes(Map<Object, Object> state) {
            if (!(state.get("__dict__") instanceof Map<?, ?> declared)) {
                return state;
            }
            var attributes = new LinkedHashMap<Object, Object>(declared);
            if (state.get("__pydantic_extra__") instanceof Map<?, ?> others) {
                attributes.putAll(others);
            }
            return attributes;
        }
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

    private static String firstLine(@Nullable String message) {
        return message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
    }
}
