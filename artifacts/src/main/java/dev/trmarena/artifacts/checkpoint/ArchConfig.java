package dev.trmarena.artifacts.checkpoint;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** The {@code arch} section of the trainer's {@code all_config.yaml}; defaults are those of the authors' code. */
final class ArchConfig {
    private static final String REMEDY = "Upload the all_config.yaml that the trainer wrote beside this checkpoint.";
    private static final long MAX_BYTES = 1 << 20;

    private final String file;
    private final Map<?, ?> arch;

    private ArchConfig(String file, Map<?, ?> arch) {
        this.file = file;
        this.arch = arch;
    }

    static ArchConfig read(Path yaml, String file) throws IOException {
        if (Files.size(yaml) > MAX_BYTES) {
            throw new BadCheckpoint(
                    file, null, "it has " + Files.size(yaml) + " bytes, more than any configuration", REMEDY);
        }
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(10);
        options.setNestingDepthLimit(20);
        try (Reader reader = Files.newBufferedReader(yaml)) {
            Object root = new Yaml(new SafeConstructor(options)).load(reader);
            if (root instanceof Map<?, ?> map && map.get("arch") instanceof Map<?, ?> arch) {
                return new ArchConfig(file, arch);
            }
            throw new BadCheckpoint(file, null, "there is no section 'arch'", REMEDY);
        } catch (YAMLException | java.nio.charset.CharacterCodingException e) {
            throw new BadCheckpoint(file, null, "it is not YAML: " + firstLine(e.getMessage()), REMEDY);
        }
    }

    String file() {
        return file;
    }

    /** The part of {@code arch.name} that names the module, {@code trm} of {@code recursive_reasoning.trm@Tiny…}. */
    String architecture() {
        String name = text("name", null);
        String module = name.replaceFirst("@.*", "");
        return module.substring(module.lastIndexOf('.') + 1);
    }

    int integer(String key, @Nullable Integer fallback) {
        Object value = value(key, fallback);
        if (value instanceof Integer number && number >= 0) {
            return number;
        }
        throw bad(key, value, "a number from 0");
    }

    int positive(String key) {
        int value = integer(key, null);
        if (value == 0) {
            throw bad(key, value, "a number from 1");
        }
        return value;
    }

    double real(String key, @Nullable Double fallback) {
        Object value = value(key, fallback);
        if (value instanceof Number number && number.doubleValue() > 0) {
            return number.doubleValue();
        }
        // YAML 1.1 reads 1e-5 without a dot as text.
        if (value instanceof String text && text.matches("\\d+(\\.\\d+)?[eE][-+]?\\d+")) {
            return Double.parseDouble(text);
        }
        throw bad(key, value, "a positive number");
    }

    boolean flag(String key) {
        Object value = value(key, Boolean.FALSE);
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw bad(key, value, "true or false");
    }

    String text(String key, @Nullable String fallback) {
        Object value = value(key, fallback);
        if (value instanceof String text) {
            return text;
        }
        throw bad(key, value, "text");
    }

    private Object value(String key, @Nullable Object fallback) {
        Object value = arch.get(key);
        Object known = value == null ? fallback : value;
        if (known == null) {
            throw new BadCheckpoint(file, "arch." + key, "it is missing", REMEDY);
        }
        return known;
    }

    private BadCheckpoint bad(String key, Object value, String wanted) {
        return new BadCheckpoint(file, "arch." + key, "it is '" + value + "', " + wanted + " was expected", REMEDY);
    }

    private static String firstLine(@Nullable String message) {
        return message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
    }
}
