package dev.trmarena.system;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which module may use which: the table of the README, as a test. */
class TheModuleArrowsHold {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.trmarena");

    private static final Map<String, List<String>> MAY_USE = Map.of(
            "puzzles", List.of(),
            "artifacts", List.of(),
            "messages", List.of(),
            "traces", List.of(),
            "db", List.of("messages", "puzzles"),
            "http", List.of("artifacts", "db", "traces"),
            "ingest", List.of("http", "db", "messages", "traces", "artifacts", "puzzles"),
            "solver", List.of("messages", "traces", "artifacts", "puzzles"),
            "leaderboard", List.of("http", "db", "messages", "traces", "artifacts", "puzzles"),
            "arena", List.of("messages", "puzzles"));

    static Stream<String> modules() {
        return MAY_USE.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void a_module_uses_only_what_it_may(String module) {
        String[] forbidden = MAY_USE.keySet().stream()
                .filter(other -> !other.equals(module))
                .filter(other -> !MAY_USE.getOrDefault(module, List.of()).contains(other))
                .map(other -> "dev.trmarena." + other + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("dev.trmarena." + module + "..")
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
    void packages_are_named_by_activity() {
        var layers =
                List.of("service", "services", "impl", "dto", "mapper", "util", "utils", "helper", "common", "misc");
        assertThat(CLASSES).as("classes in packages named after a layer").noneMatch(type -> Arrays.stream(
                        type.getPackageName().split("\\."))
                .anyMatch(layers::contains));
    }

    @Test
    void every_module_was_looked_at() {
        assertThat(MAY_USE.keySet()).allMatch(module -> CLASSES.stream()
                .anyMatch(type -> type.getPackageName().startsWith("dev.trmarena." + module)));
    }
}
