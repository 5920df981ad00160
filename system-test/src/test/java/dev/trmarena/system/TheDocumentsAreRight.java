package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What the documents say and a machine can check. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TheDocumentsAreRight {
    private static final Pattern LINK = Pattern.compile("(?:\\]\\(|src=\"|href=\")([^)\"#]+)[)\"#]");
    private static final Pattern FILE_IN_TEXT = Pattern.compile("`((?:docs|images|demo|system-test)/[\\w./-]+)`");
    private static final Pattern DECISION_IN_TEXT = Pattern.compile("docs/decisions/(\\d{4})`");
    private static final Pattern COMMAND = Pattern.compile("\\./arena ([a-z]+(?: (?:import|build|rank-by|create))?)");
    private static final Pattern INDEXED =
            Pattern.compile("^- (\\d+)\\. \\[(.+)]\\((\\d{4}-[\\w-]+\\.md)\\)$", Pattern.MULTILINE);

    private static final List<String> DOCUMENTS = List.of("README.md", "CONTRIBUTING.md");

    @Test
    void every_link_leads_somewhere() throws IOException {
        var broken = new ArrayList<String>();
        for (Path document : documents()) {
            String text = Files.readString(document);
            LINK.matcher(text)
                    .results()
                    .map(link -> link.group(1))
                    .filter(link -> !link.contains("://") && !link.startsWith("mailto:"))
                    .filter(link -> !Files.exists(document.resolveSibling(link)))
                    .forEach(link -> broken.add(document.getFileName() + ": " + link));
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void every_file_that_is_named_is_there() throws IOException {
        for (String document : DOCUMENTS) {
            String text = Project.text(document);
            assertThat(FILE_IN_TEXT.matcher(text).results().map(file -> file.group(1)))
                    .as(document)
                    .filteredOn(file -> !file.matches("docs/decisions/\\d{4}"))
                    .allMatch(file -> Files.exists(Project.root().resolve(file)));
            List<String> decisions = decisions();
            assertThat(DECISION_IN_TEXT.matcher(text).results().map(number -> number.group(1)))
                    .as(document)
                    .allMatch(number -> decisions.stream().anyMatch(file -> file.startsWith(number)));
        }
    }

    @Test
    void every_command_of_the_readme_is_one() throws Exception {
        Arena.Result help = Arena.run(List.of("help"));
        List<String> known = help.out()
                .lines()
                .filter(line -> line.startsWith("  "))
                .map(String::strip)
                .toList();
        assertThat(COMMAND.matcher(Readme.text()).results().map(command -> command.group(1)))
                .isNotEmpty()
                .allMatch(command -> known.stream().anyMatch(line -> (line + " ").startsWith(command + " ")));
    }

    @Test
    void every_decision_is_in_the_index_by_its_title() throws IOException {
        var indexed = new ArrayList<String>();
        var titles = new ArrayList<String>();
        INDEXED.matcher(Project.text("docs/decisions/README.md"))
                .results()
                .forEach(line -> indexed.add(line.group(3) + " # " + line.group(1) + ". " + line.group(2)));
        for (String file : decisions()) {
            titles.add(file + " "
                    + Project.text("docs/decisions/" + file).lines().findFirst().orElse(""));
        }
        assertThat(indexed).containsExactlyElementsOf(titles);
    }

    @Test
    void a_decision_has_the_number_of_its_file() throws IOException {
        var numbers = new TreeSet<String>();
        for (String file : decisions()) {
            assertThat(numbers.add(file.substring(0, 4)))
                    .as("only one decision " + file.substring(0, 4))
                    .isTrue();
            assertThat(Project.text("docs/decisions/" + file))
                    .startsWith("# " + Integer.parseInt(file.substring(0, 4)) + ". ");
        }
    }

    @Test
    void the_pause_between_renewals_is_what_the_decision_says() throws IOException {
        String loop = Project.text("solver-worker/src/main/java/dev/trmarena/solver/work/SolveLoop.java");
        String decision = Project.text("docs/decisions/0006-a-unit-is-held-by-renewing-it.md");
        assertThat(Project.only("every (\\d+) seconds \\(`RENEW_EVERY`\\)", decision))
                .isEqualTo(Project.only("RENEW_EVERY = Duration\\.ofSeconds\\((\\d+)\\)", loop));
    }

    private static List<String> decisions() throws IOException {
        try (Stream<Path> files = Files.list(Project.root().resolve("docs/decisions"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\d{4}-.*\\.md"))
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> documents() throws IOException {
        var all = new ArrayList<Path>();
        DOCUMENTS.forEach(name -> all.add(Project.root().resolve(name)));
        try (Stream<Path> files = Files.walk(Project.root().resolve("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(all::add);
        }
        return all;
    }
}
