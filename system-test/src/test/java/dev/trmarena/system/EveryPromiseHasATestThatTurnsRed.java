package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.system.Mutations.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The README's promises, the table of their tests and the faults beside it say the same, and every fault still applies. */
@OnNoPlatform
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EveryPromiseHasATestThatTurnsRed {
    private static final Path PROJECT = Platform.project();
    private static final Pattern LINK = Pattern.compile("\\]\\(docs/guarantees\\.md#([a-z0-9-]+)\\)");
    private static final Pattern ROW = Pattern.compile(
            "\\| (.+?) \\| `([a-z-]+)` `(.+?)` \\| \\[(.+?)\\]\\(\\.\\./system-test/mutations/.+?\\.fault\\): (.+?) \\| (\\S.*?) \\|");

    static Stream<String> faults() throws IOException {
        return Mutations.all(PROJECT).stream().map(Fault::name);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a_fault_applies_to_the_sources_and_has_its_test(String name) throws IOException {
        for (Fault fault : Mutations.all(PROJECT)) {
            if (fault.name().equals(name)) {
                Mutations.check(PROJECT, fault);
            }
        }
    }

    @Test
    void the_table_has_every_fault_as_it_is_in_its_section() throws IOException {
        Map<String, String> wanted = new TreeMap<>();
        for (Fault fault : Mutations.all(PROJECT)) {
            wanted.put(
                    fault.name(),
                    String.join(
                            " / ", anchor(fault.promise()), fault.part(), fault.module(), fault.test(), fault.words()));
        }
        Map<String, String> found = new TreeMap<>();
        sections()
                .forEach((anchor, lines) -> lines.forEach(line -> {
                    Matcher row = ROW.matcher(line);
                    assertThat(row.matches()).as("a row of the table: %s", line).isTrue();
                    found.put(
                            row.group(4),
                            String.join(" / ", anchor, row.group(1), row.group(2), row.group(3), row.group(5)));
                    assertThat(row.group(6)).as("seen red: %s", line).matches("\\d{4}-\\d{2}-\\d{2}|not yet");
                }));
        assertThat(found).isEqualTo(wanted);
    }

    @Test
    void every_line_of_the_readme_leads_to_its_section_and_none_is_empty() throws IOException {
        String readme = Files.readString(PROJECT.resolve("README.md"));
        var anchors = new ArrayList<String>();
        for (String heading : List.of("## What a score means here", "## What is promised")) {
            String section = readme.substring(readme.indexOf(heading) + heading.length());
            section = section.substring(0, section.indexOf("\n## "));
            for (String promise : section.split("\n- ", -1)) {
                if (promise.equals(section.split("\n- ", 2)[0])) {
                    continue;
                }
                Matcher link = LINK.matcher(promise);
                assertThat(link.find()).as("a link to its tests: %s", promise).isTrue();
                anchors.add(link.group(1));
            }
        }
        assertThat(anchors)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(sections().keySet());
        assertThat(sections().values()).allSatisfy(rows -> assertThat(rows).isNotEmpty());
    }

    /** The rows of each section of the table, by the section's anchor. */
    private static Map<String, List<String>> sections() throws IOException {
        Map<String, List<String>> sections = new TreeMap<>();
        List<String> rows = new ArrayList<>();
        for (String line : Files.readAllLines(PROJECT.resolve("docs/guarantees.md"))) {
            if (line.startsWith("## ")) {
                rows = new ArrayList<>();
                sections.put(anchor(line.substring(3)), rows);
            } else if (line.startsWith("| ") && !line.startsWith("| what is held")) {
                rows.add(line);
            }
        }
        return sections;
    }

    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
    }
}
