package dev.trmarena.system;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which module may use which: the table of the README, as a test. */
@OnNoPlatform
class TheModuleArrowsHold {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.trmarena");

    private static final Pattern DEPENDENCY = Pattern.compile(
            "<dependency>\\s*<groupId>dev\\.trmarena</groupId>\\s*<artifactId>([^<]+)</artifactId>(.*?)</dependency>",
            Pattern.DOTALL);

    private static final Map<String, Set<String>> MAY_USE = Readme.arrows();

    /** Folders whose packages are called otherwise. */
    private static final Map<String, String> PACKAGES = Map.of(
            "solver-worker", "solver", "leaderboard-api", "leaderboard", "launcher", "arena", "system-test", "system");

    /** Folders without a package of their own: the page, and what looks at all. */
    private static final Set<String> WITHOUT = Set.of("web", "system-test");

    /** Only its profile builds it; `./arena test` asks for that. */
    private static final String BENCHMARK = "benchmark";

    static Stream<String> modules() {
        return MAY_USE.keySet().stream()
                .filter(module -> !WITHOUT.contains(module))
                .filter(module -> !module.equals(BENCHMARK) || Boolean.getBoolean("arena.benchmark"));
    }

    static Stream<String> folders() throws IOException {
        return Project.modules().stream();
    }

    private static String packageOf(String module) {
        return "dev.trmarena." + PACKAGES.getOrDefault(module, module);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void a_module_uses_only_what_it_may(String module) {
        String[] forbidden = MAY_USE.keySet().stream()
                .filter(other -> !other.equals(module))
                .filter(other -> !MAY_USE.getOrDefault(module, Set.of()).contains(other))
                .map(other -> packageOf(other) + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(packageOf(module) + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden)
                .check(CLASSES);
    }

    @Test
    void the_solver_knows_no_database() {
        noClasses()
                .that()
                .resideInAPackage("dev.trmarena.solver..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "org.jdbi..", "org.postgresql..")
                .check(CLASSES);
    }

    @Test
    void no_packages_need_each_other() {
        slices().matching("dev.trmarena.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void packages_are_named_by_activity() {
        var layers =
                List.of("service", "services", "impl", "dto", "mapper", "util", "utils", "helper", "common", "misc");
        assertThat(CLASSES).as("classes in packages named after a layer").noneMatch(type -> Arrays.stream(
                        type.getPackageName().split("\\."))
                .anyMatch(layers::contains));
    }

    @Test
    void every_module_was_looked_at() throws IOException {
        assertThat(MAY_USE.keySet()).containsExactlyElementsOf(Project.modules());
        assertThat(modules()).allMatch(module -> CLASSES.stream()
                .anyMatch(type -> type.getPackageName().startsWith(packageOf(module))));
    }

    /** What a module is built with is what it may use, no more. */
    @ParameterizedTest
    @MethodSource("folders")
    void the_build_says_what_the_table_says(String folder) throws IOException {
        if (folder.equals("system-test")) {
            return;
        }
        var uses = new TreeSet<String>();
        Matcher dependency = DEPENDENCY.matcher(Project.text(folder + "/pom.xml"));
        while (dependency.find()) {
            if (!dependency.group(2).contains("<scope>test</scope>")) {
                uses.add(dependency.group(1));
            }
        }
        assertThat(uses).isEqualTo(new TreeSet<>(MAY_USE.getOrDefault(folder, Set.of())));
    }
}
