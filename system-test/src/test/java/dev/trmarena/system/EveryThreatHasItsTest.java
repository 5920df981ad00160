package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Each row of {@code docs/threats.md} names tests that there are. */
@OnNoPlatform
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EveryThreatHasItsTest {
    private static final Pattern ROW = Pattern.compile("^\\| (.+) \\| (.+) \\| (.+) \\|$", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("`([\\w.]+)`");
    private static final String HEAD = "test";
    private static final String AS_ABOVE = "the same";

    @Test
    void and_it_is_there() throws IOException {
        Set<String> tests = tests();
        var missing = new ArrayList<String>();
        Matcher row = ROW.matcher(Project.text("docs/threats.md"));
        int rows = 0;
        while (row.find()) {
            String named = row.group(3);
            if (named.equals(HEAD)) {
                continue;
            }
            rows++;
            List<String> names =
                    NAME.matcher(named).results().map(name -> name.group(1)).toList();
            if (names.isEmpty() && !named.startsWith(AS_ABOVE)) {
                missing.add(row.group(1) + ": no test");
            }
            names.stream()
                    .filter(name -> !tests.contains(name))
                    .forEach(name -> missing.add(row.group(1) + ": " + name));
        }
        assertThat(rows).isGreaterThan(40);
        assertThat(missing).isEmpty();
    }

    /** Classes by their names, and files of the page's tests. */
    private static Set<String> tests() throws IOException {
        Set<String> tests = Project.javaSources("test").stream()
                .map(file -> Path.of(file).getFileName().toString().replace(".java", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        try (Stream<Path> page = Files.walk(Project.root().resolve("web/src"))) {
            page.map(file -> file.getFileName().toString())
                    .filter(file -> file.contains(".test."))
                    .forEach(tests::add);
        }
        return tests;
    }
}
