package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.trmarena.system.Mutations.Edit;
import dev.trmarena.system.Mutations.Fault;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * The quick ones of the faults in {@code system-test/mutations} turn their tests red. The source with the fault is compiled
 * beside its module, without Maven, and the test runs here, on classes of its own of which the faulty one is found first.
 */
@OnNoPlatform
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AFaultTurnsItsTestRed {
    private static final Path PROJECT = Platform.project();
    private static final String SOURCES = "/src/main/java/";

    static Stream<String> quick() throws IOException {
        return Mutations.all(PROJECT).stream().filter(Fault::quick).map(Fault::name);
    }

    @ParameterizedTest
    @MethodSource("quick")
    void that_is_named_for_it(String name, @TempDir Path folder) throws Exception {
        Fault fault = named(name);
        for (Edit edit : fault.edits()) {
            compile(edit, edit.in(name, Project.text(edit.file())), folder);
        }
        TestExecutionSummary summary = run(fault, folder);
        assertThat(summary.getTestsFailedCount()).as("failures").isPositive();
        assertThat(summary.getFailures()).allSatisfy(failure -> assertThat(failure.getException())
                .as("what the test says")
                .isNotInstanceOf(LinkageError.class));
    }

    /** One fault for each test. */
    static Stream<String> tests() throws IOException {
        Map<String, String> names = new TreeMap<>();
        Mutations.all(PROJECT).stream().filter(Fault::quick).forEach(fault -> names.put(fault.test(), fault.name()));
        return names.values().stream();
    }

    @ParameterizedTest
    @MethodSource("tests")
    void and_without_it_the_test_is_green(String name, @TempDir Path folder) throws Exception {
        TestExecutionSummary summary = run(named(name), folder);
        assertThat(summary.getFailures()).isEmpty();
        assertThat(summary.getTestsSucceededCount()).isPositive();
    }

    private static Fault named(String name) throws IOException {
        return Mutations.all(PROJECT).stream()
                .filter(fault -> fault.name().equals(name))
                .findAny()
                .orElseThrow();
    }

    private static void compile(Edit edit, String source, Path classes) throws IOException {
        String[] place = edit.file().split(SOURCES, 2);
        Path file = classes.resolve(place[1]);
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var errors = new ByteArrayOutputStream();
        String path = target(place[0], "classes") + File.pathSeparator + System.getProperty("java.class.path");
        int status = compiler.run(
                null,
                errors,
                errors,
                "-proc:none",
                "-parameters",
                "-nowarn",
                "-d",
                classes.toString(),
                "-cp",
                path,
                file.toString());
        assertThat(status).as(errors::toString).isZero();
    }

    private static Path target(String module, String kind) {
        return PROJECT.resolve(module).resolve("target").resolve(kind);
    }

    /** Runs the fault's test on what lies in the folder, and on the module otherwise. */
    private static TestExecutionSummary run(Fault fault, Path folder) throws IOException, ClassNotFoundException {
        var listener = new SummaryGeneratingListener();
        try (var classes =
                new OwnClasses(folder, target(fault.module(), "classes"), target(fault.module(), "test-classes"))) {
            Class<?> tests = classes.loadClass(classOf(fault));
            String[] test = fault.test().split("#", 2);
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(test.length == 1 ? selectClass(tests) : method(tests, test[1]))
                                    .build(),
                            listener);
        }
        return listener.getSummary();
    }

    private static String classOf(Fault fault) throws IOException {
        Path tests = PROJECT.resolve(fault.module()).resolve("src/test/java");
        try (Stream<Path> files = Files.walk(tests)) {
            return files.filter(file -> file.endsWith(fault.testClass() + ".java"))
                    .map(file -> tests.relativize(file)
                            .toString()
                            .replace(".java", "")
                            .replace('/', '.'))
                    .findAny()
                    .orElseThrow(() -> new IllegalStateException("no test " + fault.testClass() + " in " + tests));
        }
    }

    private static DiscoverySelector method(Class<?> tests, String name) {
        return Arrays.stream(tests.getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .<DiscoverySelector>map((Method method) -> selectMethod(tests, method))
                .findAny()
                .orElseThrow(() -> new IllegalStateException("no " + name + " in " + tests));
    }

    /** Finds a class in its own folders first, in their order; what is in none of them is everybody's. */
    private static final class OwnClasses extends URLClassLoader {
        OwnClasses(Path... folders) {
            super(Arrays.stream(folders).map(OwnClasses::url).toArray(URL[]::new), OwnClasses.class.getClassLoader());
        }

        private static URL url(Path folder) {
            try {
                return folder.toUri().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalArgumentException(folder.toString(), e);
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                if (known != null) {
                    return known;
                }
                String file = name.replace('.', '/') + ".class";
                return findResource(file) == null ? super.loadClass(name, resolve) : findClass(name);
            }
        }
    }
}
