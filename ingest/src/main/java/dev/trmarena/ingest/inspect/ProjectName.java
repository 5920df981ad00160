package dev.trmarena.ingest.inspect;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What the people who trained a checkpoint called their project. */
final class ProjectName {
    private ProjectName() {}

    /** @param config a configuration that passed inspection, so it is small and it is YAML */
    static @Nullable String read(Path config) throws IOException {
        try (Reader reader = Files.newBufferedReader(config)) {
            Object root = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
            return root instanceof Map<?, ?> map && map.get("project_name") instanceof String name ? name : null;
        }
    }
}
