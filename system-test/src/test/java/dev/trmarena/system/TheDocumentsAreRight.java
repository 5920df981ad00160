package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What the documents say and a machine can check. */
@OnNoPlatform
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TheDocumentsAreRight {
    private static final Pattern LINK = Pattern.compile("(?:\\]\\(|src=\"|href=\")([^)\"#]+)[)\"#]");
    private static final Pattern FILE_IN_TEXT = Pattern.compile("`((?:docs|images|demo|system-test)/[\\w./-]+)`");
    private static final Pattern COMMAND = Pattern.compile("\\./arena ([a-z]+(?: (?:import|build|rank-by|create))?)");
    private static final Pattern INDEXED =
            Pattern.compile("^- (\\d+)\\. \\[(.+)]\\((\\d{4}-[\\w-]+\\.md)\\), (.+)$", Pattern.MULTILINE);
    private static final Pattern DECISION =
            Pattern.compile("\\A# (\\d+)\\. (.+)\n\nStatus: (accepted|replaced by \\d+)\n"
                    + "Date: 20\\d\\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])\n\n\\S");
    private static final Pattern MERGED = Pattern.compile("^Merged: (.+)\\.$", Pattern.MULTILINE);

    /** "decision 6", "decisions 34 and 36", "[decision 24](…)", "decisions/0054". */
    private static final Pattern MENTION =
            Pattern.compile("\\b[Dd]ecisions?[ /]\\[?(\\d+(?:(?:, | and |, and )\\d+)*)\\b");

    /** "{@code docs/models.md}, section 5", "docs/scoring.md, sections 2 and 3". */
    private static final Pattern SECTION =
            Pattern.compile("docs/([\\w-]+\\.md)}?`?,(?:\\s|\\*)+sections? (\\d+(?:(?:, | and )\\d+)*)");

    private static final Pattern LINK_TO_PLACE = Pattern.compile("]\\(([^)\":#]*)#([^)]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("- \\*\\*([^*]+)\\*\\*.*: \\S.*[.)]");

    /** What the project was designed from and does not ship. */
    private static final Pattern ELSEWHERE = Pattern.compile(
            "\\b(?:SCIENCE|DESIGN|FAMILIES|ADAPTATION)\\b|\\bACCESS\\.md\\b|shared/design|\\.\\./\\.\\./shared");

    private static final Set<String> WRITTEN = Set.of(
            "java",
            "ts",
            "tsx",
            "js",
            "mjs",
            "torchscript",
            "sql",
            "md",
            "py",
            "xml",
            "yml",
            "yaml",
            "sh",
            "css",
            "properties",
            "fault",
            "Dockerfile",
            "arena");
    private static final Set<String> NOT_WRITTEN = Set.of("target", "node_modules", ".git", ".arena");

    private static final String INDEX = "docs/decisions/README.md";
    private static final List<String> DOCUMENTS = List.of("README.md", "CONTRIBUTING.md");

    /** {@code @WithDefault("0.5S")}, then {@code Duration idleLook();}. */
    private static final Pattern LIMIT = Pattern.compile("@WithDefault\\(\"(.+)\"\\)\\s+\\w+ (\\w+)\\(\\);");

    private static final Pattern LIMIT_IN_TABLE =
            Pattern.compile("^\\| `arena\\.dispatch\\.([a-z-]+)` \\| (\\S+) \\| \\S", Pattern.MULTILINE);

    @Test
    void the_table_of_limits_is_that_of_the_settings() throws IOException {
        var settings = new TreeMap<String, String>();
        LIMIT.matcher(Project.text("ingest/src/main/java/dev/trmarena/ingest/dispatch/DispatchConfig.java"))
                .results()
                .forEach(found -> settings.put(
                        found.group(2).replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT), found.group(1)));
        var table = new TreeMap<String, String>();
        LIMIT_IN_TABLE
                .matcher(Project.text("docs/decisions/0055-units-wait-in-the-database.md"))
                .results()
                .forEach(found -> table.put(found.group(1), found.group(2)));
        assertThat(table).hasSizeGreaterThan(9).isEqualTo(settings);
    }

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
    void every_link_to_a_place_in_a_document_finds_it() throws IOException {
        var broken = new ArrayList<String>();
        for (Path document : documents()) {
            for (MatchResult link :
                    LINK_TO_PLACE.matcher(Files.readString(document)).results().toList()) {
                Path target = link.group(1).isEmpty() ? document : document.resolveSibling(link.group(1));
                if (!places(target).contains(link.group(2))) {
                    broken.add(document.getFileName() + ": " + link.group());
                }
            }
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
    void every_decision_is_in_the_index_by_its_title_and_status() throws IOException {
        var indexed = new ArrayList<String>();
        var files = new ArrayList<String>();
        INDEXED.matcher(Project.text(INDEX))
                .results()
                .forEach(line ->
                        indexed.add(line.group(3) + " " + line.group(1) + ". " + line.group(2) + ", " + line.group(4)));
        for (Decision each : decisions()) {
            files.add(each.file() + " " + each.number() + ". " + each.title() + ", " + each.status());
        }
        assertThat(indexed).containsExactlyElementsOf(files);
    }

    @Test
    void a_decision_has_the_number_of_its_file() throws IOException {
        var numbers = new TreeSet<Integer>();
        for (Decision each : decisions()) {
            assertThat(each.number())
                    .as(each.file())
                    .isEqualTo(Integer.parseInt(each.file().substring(0, 4)));
            assertThat(numbers.add(each.number()))
                    .as("only one decision " + each.number())
                    .isTrue();
        }
        assertThat(merged()).as("what was merged and is still there").doesNotContainAnyElementsOf(numbers);
    }

    @Test
    void every_decision_that_is_named_holds() throws IOException {
        Set<Integer> hold = decisions().stream()
                .filter(each -> each.status().equals("accepted"))
                .map(Decision::number)
                .collect(Collectors.toSet());
        var wrong = new ArrayList<String>();
        int found = 0;
        for (String file : written()) {
            // A migration that has run is never changed, not even its comments.
            Set<Integer> fixed = file.contains("/db/migration/") ? merged() : Set.of();
            for (MatchResult mention :
                    MENTION.matcher(Project.text(file)).results().toList()) {
                for (int number : numbers(mention.group(1))) {
                    found++;
                    if (!hold.contains(number) && !fixed.contains(number)) {
                        wrong.add(file + ": " + mention.group());
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(found).isGreaterThan(20);
    }

    @Test
    void what_is_cited_stands_in_the_project() throws IOException {
        var wrong = new ArrayList<String>();
        int found = 0;
        for (String file : written()) {
            String text = Project.text(file);
            ELSEWHERE.matcher(text).results().forEach(word -> wrong.add(file + ": " + word.group()));
            for (MatchResult cited : SECTION.matcher(text).results().toList()) {
                for (int number : numbers(cited.group(2))) {
                    found++;
                    if (!Project.text("docs/" + cited.group(1)).contains("\n## " + number + ". ")) {
                        wrong.add(file + ": " + cited.group());
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(found).isGreaterThan(5);
    }

    @Test
    void the_glossary_has_a_line_for_each_word_in_their_order() throws IOException {
        List<String> all = new ArrayList<>();
        for (String part : Project.text("docs/glossary.md").split("\n## ", -1)) {
            List<String> lines =
                    part.lines().filter(line -> line.startsWith("- ")).toList();
            assertThat(lines)
                    .allMatch(line -> line.length() <= 160 && WORD.matcher(line).matches());
            List<String> words = lines.stream()
                    .map(line -> line.substring(4, line.indexOf("**", 4)))
                    .toList();
            assertThat(words).isSorted();
            all.addAll(words);
        }
        assertThat(all).doesNotHaveDuplicates().contains("checkpoint", "delivery", "protocol", "work unit");
    }

    @Test
    void the_pause_between_renewals_is_what_the_decision_says() throws IOException {
        String loop = Project.text("solver-worker/src/main/java/dev/trmarena/solver/work/SolveLoop.java");
        String decision = Project.text("docs/decisions/0006-a-unit-is-held-by-renewing-it.md");
        assertThat(Project.only("every (\\d+) seconds \\(`RENEW_EVERY`\\)", decision))
                .isEqualTo(Project.only("RENEW_EVERY = Duration\\.ofSeconds\\((\\d+)\\)", loop));
    }

    private record Decision(String file, int number, String title, String status) {}

    /** In the order of their files, each with its head in the one format. */
    private static List<Decision> decisions() throws IOException {
        var all = new ArrayList<Decision>();
        try (Stream<Path> files = Files.list(Project.root().resolve("docs/decisions"))) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.matches("\\d{4}-.*\\.md")) {
                    Matcher head = DECISION.matcher(Files.readString(file));
                    assertThat(head.find())
                            .as("number, title, status and date of " + name)
                            .isTrue();
                    all.add(new Decision(name, Integer.parseInt(head.group(1)), head.group(2), head.group(3)));
                }
            }
        }
        return all;
    }

    /** Numbers that were given and are part of other decisions now. */
    private static Set<Integer> merged() throws IOException {
        var gone = new TreeSet<Integer>();
        for (String group : Project.only(MERGED.pattern(), Project.text(INDEX)).split(";", -1)) {
            gone.addAll(numbers(group.substring(0, group.indexOf(" into "))));
        }
        return gone;
    }

    private static List<Integer> numbers(String text) {
        return Pattern.compile("\\d+")
                .matcher(text)
                .results()
                .map(number -> Integer.valueOf(number.group()))
                .toList();
    }

    /** What people wrote, relative to the project; not this file, which names what must not be named. */
    private static List<String> written() throws IOException {
        var all = new ArrayList<String>();
        Files.walkFileTree(Project.root(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return NOT_WRITTEN.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString();
                boolean mine = name.equals("TheDocumentsAreRight.java");
                if (!mine && WRITTEN.contains(name.substring(name.lastIndexOf('.') + 1))) {
                    all.add(Project.root().relativize(file).toString());
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return all;
    }

    /** As GitHub names the place of a heading. */
    private static Set<String> places(Path document) throws IOException {
        return HEADING.matcher(Files.readString(document))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w -]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
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
