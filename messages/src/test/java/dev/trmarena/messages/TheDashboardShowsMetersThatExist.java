package dev.trmarena.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A panel without data looks like a platform without trouble: the dashboard's names are those that the services export. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TheDashboardShowsMetersThatExist {
    private static final Path DASHBOARD =
            Path.of(System.getProperty("arena.root", ".."), "images/grafana/dashboards/trm-arena.json");
    private static final Pattern SERIES = Pattern.compile("\\barena_[a-z_]+\\b");

    @Test
    void and_no_others() throws IOException {
        Set<String> exported = Arrays.stream(Meter.values())
                .flatMap(meter -> meter.series().stream())
                .collect(Collectors.toSet());
        assertThat(shown()).isNotEmpty().isSubsetOf(exported);
    }

    @Test
    void and_every_one_of_them() throws IOException {
        Set<String> shown = shown();
        assertThat(Meter.values())
                .allSatisfy(meter -> assertThat(meter.series()).containsAnyElementsOf(shown));
    }

    @Test
    void from_a_source_that_whoever_imports_it_chooses() throws IOException {
        JsonNode dashboard = dashboard();
        assertThat(dashboard.path("templating").path("list").findValuesAsText("type"))
                .contains("datasource");
        assertThat(dashboard.path("panels").findValuesAsText("uid"))
                .isNotEmpty()
                .containsOnly("${source}");
    }

    private static Set<String> shown() throws IOException {
        Set<String> shown = new TreeSet<>();
        for (String query : dashboard().findValuesAsText("expr")) {
            SERIES.matcher(query).results().forEach(found -> shown.add(found.group()));
        }
        return shown;
    }

    private static JsonNode dashboard() throws IOException {
        return new ObjectMapper().readTree(DASHBOARD.toFile());
    }
}
