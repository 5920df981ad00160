package dev.trmarena.system.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.trmarena.system.Project;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** What never ends is ended, even what heeds no interrupt; the limits stand once, in the parent of all modules. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EveryTestHasATimeLimit {
    private static final String LIMIT = "junit.jupiter.execution.timeout.default";
    private static final String MODE = "junit.jupiter.execution.timeout.thread.mode.default";

    private static volatile boolean over;

    static Stream<String> modules() throws IOException {
        return Project.modules().stream();
    }

    @BeforeEach
    void begin() {
        over = false;
    }

    /** The fixtures' threads live on until they are told. */
    @AfterEach
    void end() {
        over = true;
    }

    @ParameterizedTest
    @ValueSource(classes = {NeverEnds.class, NeverBegins.class, NeverStarts.class})
    void what_never_ends_fails_by_its_limit(Class<?> endless) {
        assertThat(System.getProperty(LIMIT)).as("the limit in force here").isEqualTo("10 m");
        long began = System.nanoTime();
        var listener = new SummaryGeneratingListener();
        // The mode in force here, with less patience.
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(endless))
                                .configurationParameter(LIMIT, "300 ms")
                                .configurationParameter(MODE, System.getProperty(MODE))
                                .build(),
                        listener);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(60));
        assertThat(listener.getSummary().getFailures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.getException()).isInstanceOf(TimeoutException.class));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void no_module_sets_the_limits_aside(String module) throws IOException {
        String pom = Project.text(module + "/pom.xml");
        assertThat(pom)
                .contains("<artifactId>trm-arena</artifactId>")
                .doesNotContain("junit.jupiter.execution.timeout", "forkedProcessTimeoutInSeconds", "combine.self")
                .doesNotContainPattern("<surefire.timeout>0*</surefire.timeout>");
    }

    @Test
    void nothing_in_the_classpath_sets_other_limits() {
        assertThat(getClass().getClassLoader().getResource("junit-platform.properties"))
                .isNull();
    }

    @Test
    void the_modules_have_a_limit_as_well() throws IOException {
        int seconds =
                Integer.parseInt(Project.only("<surefire.timeout>(\\d+)</surefire.timeout>", Project.text("pom.xml")));
        assertThat(seconds).isBetween(300, 7200);
    }

    @Test
    void the_page_has_them_too() throws IOException {
        String vite = Project.text("web/vite.config.ts");
        for (String limit : List.of("testTimeout", "hookTimeout", "teardownTimeout")) {
            assertThat(vite).containsPattern(limit + ": \\d+_000");
        }
        assertThat(Project.text("web/pom.xml")).containsPattern("(?s)<id>page-tests</id>.*<timeout>\\d+</timeout>");
    }

    private static void spin() {
        while (!over) {
            // Heeds no interrupt.
            Thread.onSpinWait();
        }
    }

    static class NeverEnds {
        @Test
        void on_and_on() {
            spin();
        }
    }

    static class NeverBegins {
        @BeforeEach
        void on_and_on() {
            spin();
        }

        @Test
        void is_never_reached() {}
    }

    static class NeverStarts {
        @BeforeAll
        static void on_and_on() {
            spin();
        }

        @Test
        void is_never_reached() {}
    }
}
