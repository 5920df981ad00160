package dev.trmarena.system.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.system.Lane;
import dev.trmarena.system.Project;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The report of {@code ./arena test}, once run as the script runs it, over three modules and what Maven left of them. */
@ResourceLock(Lane.COMPUTE)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TheReportSaysWhatDidNotRun {
    @TempDir
    Path root;

    private final List<String> log = new ArrayList<>();

    @BeforeEach
    void three_modules() throws IOException {
        write(
                "pom.xml",
                "<project><modules><module>first</module><module>page</module><module>last</module></modules></project>");
        for (String module : List.of("first", "page", "last")) {
            // Maven calls the last one otherwise than its folder.
            String name = module.equals("last") ? "final" : module;
            write(
                    module + "/pom.xml",
                    "<project><parent><artifactId>all</artifactId></parent><artifactId>" + name
                            + "</artifactId></project>");
        }
        for (String test :
                List.of("first/src/test/java/a/Adds", "first/src/test/java/a/Takes", "last/src/test/java/z/Ends")) {
            write(test + ".java", "class X {\n    @Test\n    void it_does() {}\n}\n");
        }
        write("first/src/test/java/a/Helper.java", "final class Helper {}\n");
        write("first/src/test/java/a/Common.java", "abstract class Common {\n    @Test\n    void shared() {}\n}\n");
        write("page/package.json", "{}");
        write("page/src/show.test.ts", "test('shows', () => {});\n");
        write("began", "");
        Files.setLastModifiedTime(
                root.resolve("began"), FileTime.from(Instant.now().minusSeconds(60)));
    }

    @Test
    void a_whole_run_is_green_and_tells_what_took_long() throws Exception {
        everyModule("SUCCESS");
        everyReport();
        String source = Project.root()
                .resolve("system-test/src/test/java/dev/trmarena/system/verdict/TestReport.java")
                .toString();
        var report = report(List.of(source), 0);
        assertThat(report.exit()).as(report.text()).isZero();
        assertThat(report.text())
                .containsSubsequence(
                        "the test classes, the slowest first:",
                        "90.5 s  last             z.Ends",
                        "2.0 s  first            a.Adds")
                .containsSubsequence("tests: 4, failed: 0, skipped: 0\n", "all tests passed\n")
                .doesNotContain("did not run");
    }

    @Test
    void every_class_and_every_phase_has_its_time() throws Exception {
        log.add("900 [INFO] Building first 0.1.0 [2/4]");
        log.add("1000 [INFO] --- compiler:3.14.1:compile (default-compile) @ first ---");
        log.add("1500 [INFO] Building page 0.1.0 [3/4]");
        log.add("1600 [INFO] --- exec:3.5.1:exec (page) @ page ---");
        log.add("3500 [INFO] --- surefire:3.5.4:test (default-test) @ first ---");
        log.add("no stamp is needed");
        log.add("66000 [INFO] Building final 0.1.0 [4/4]");
        log.add("66100 [INFO] --- compiler:3.14.1:compile (default-compile) @ final ---");
        log.add("67100 [INFO] first .... SUCCESS [01:03 min]");
        log.add("67100 [INFO] page .... SUCCESS [  2.100 s]");
        log.add("67100 [INFO] final .... SUCCESS [  1.100 s]");
        everyReport();
        var report = report(0);
        assertThat(report.exit()).as(report.text()).isZero();
        assertThat(report.text())
                .contains("a.Adds", "a.Takes", "src/show.test.ts", "z.Ends")
                .containsSubsequence(
                        "the phases of all modules:\n",
                        "     60.4 s  surefire:test\n",
                        "      3.5 s  compiler:compile\n",
                        "      2.0 s  exec:exec page\n");
    }

    @Test
    void a_failure_in_the_first_module_is_named_beside_the_tests_behind_it() throws Exception {
        everyModule("SUCCESS");
        everyReport();
        surefire(
                "first",
                "a.Adds",
                "<testcase name=\"it adds\" classname=\"a.Adds\"><failure message=\"5 &lt; 4\">x</failure></testcase>"
                        + "<testcase name=\"it counts\" classname=\"a.Adds\"><error type=\"E\">java.lang.E: no\n at b</error></testcase>");
        var report = report(0);
        assertThat(report.exit()).isEqualTo(1);
        assertThat(report.text())
                .contains("first: a.Adds it adds: 5 < 4\n", "first: a.Adds it counts: no\n")
                .contains("tests: 5, failed: 2, skipped: 0\n", "FAILED")
                .doesNotContain("did not run");
    }

    @Test
    void a_skipped_test_is_listed_with_its_reason() throws Exception {
        everyModule("SUCCESS");
        everyReport();
        surefire(
                "first",
                "a.Adds",
                "<testcase name=\"a\" classname=\"a.Adds\"><skipped message=\"no disk\"/></testcase>"
                        + "<testcase name=\"b\" classname=\"a.Adds\"><skipped><![CDATA[org.x.Aborted: Assumption failed: no net\n at c]]></skipped></testcase>");
        var report = report(0);
        assertThat(report.exit()).isZero();
        assertThat(report.text())
                .contains("a.Adds a: no disk\n", "a.Adds b: Assumption failed: no net\n", "skipped: 2\n");
    }

    @Test
    void a_module_that_maven_skipped_did_not_run() throws Exception {
        module("first", "FAILURE");
        module("page", "SUCCESS");
        module("final", "SKIPPED");
        log.add(
                "[ERROR] Failed to execute goal org.x:maven-compiler-plugin:3:compile (default) on project first: Compilation failure -> [Help 1]");
        surefire("page", "src/show.test.ts", "<testcase name=\"shows\" classname=\"p\"/>");
        var report = report(0);
        assertThat(report.exit()).isEqualTo(1);
        assertThat(report.text())
                .contains("broke:\n  first: Failed to execute goal org.x:maven-compiler-plugin")
                .contains("first: none of its 2 test classes left a report\n", "last: Maven skipped it\n")
                .contains("tests: 1, failed: 0, skipped: 0\n", "did not run: 2, named above\nFAILED");
    }

    @Test
    void a_module_that_maven_never_came_to_did_not_run() throws Exception {
        log.add("[INFO] Building first 0.1.0 [2/4]");
        surefire("first", "a.Adds", "<testcase name=\"a\" classname=\"a.Adds\"/>");
        var report = report(137);
        assertThat(report.exit()).isEqualTo(1);
        assertThat(report.text())
                .contains("Maven ended with exit status 137", "first: it did not come to an end\n")
                .contains("first: a.Takes left no report\n", "page: Maven skipped it\n", "last: Maven skipped it\n");
    }

    @Test
    void the_classes_behind_a_crash_did_not_run_although_maven_went_on() throws Exception {
        everyModule("SUCCESS");
        everyReport();
        Files.delete(root.resolve("first/target/surefire-reports/TEST-a.Takes.xml"));
        var report = report(0);
        assertThat(report.exit()).isEqualTo(1);
        assertThat(report.text()).contains("did not run:\n  first: a.Takes left no report\n", "failed: 0");
    }

    @Test
    void a_report_that_was_cut_off_or_is_of_yesterday_is_none() throws Exception {
        everyModule("SUCCESS");
        everyReport();
        write(
                "first/target/surefire-reports/TEST-a.Takes.xml",
                "<testsuite name=\"a.Takes\" time=\"1\"><testcase name=\"a\"");
        Path ends = root.resolve("last/target/surefire-reports/TEST-z.Ends.xml");
        Files.setLastModifiedTime(ends, FileTime.from(Instant.now().minusSeconds(3600)));
        var report = report(0);
        assertThat(report.exit()).isEqualTo(1);
        assertThat(report.text())
                .contains("first: the report TEST-a.Takes.xml cannot be read", "first: a.Takes left no report\n")
                .contains("last: none of its 1 test classes left a report\n");
    }

    @Test
    void the_page_breaks_when_its_runner_fails_although_each_test_passed() throws Exception {
        everyModule("SUCCESS");
        log.removeIf(line -> line.contains("page"));
        module("page", "FAILURE");
        everyReport();
        var report = report(0);
        assertThat(report.exit()).isEqualTo(1);
        assertThat(report.text()).contains("broke:\n  page: ", "failed: 0");
    }

    @Test
    void a_folder_that_a_test_left_is_named_and_red() throws Exception {
        everyModule("SUCCESS");
        everyReport();
        write("target/tmp/pt-model42/weights.bin", "x");
        write("target/tmp/liblz4-java-7.so", "x");
        Files.createDirectories(root.resolve("target/tmp/vertx-cache"));
        var report = report(0);
        assertThat(report.exit()).isEqualTo(1);
        assertThat(report.text())
                .contains("by a test, which must delete what it makes:\n  pt-model42, a folder with 1 files\n")
                .contains("whose process was killed:\n  liblz4-java-7.so\n")
                .doesNotContain("vertx-cache");
        Files.delete(root.resolve("target/tmp/pt-model42/weights.bin"));
        assertThat(report(0).exit())
                .as("with nothing but what libraries unpacked")
                .isZero();
    }

    @Test
    void what_was_not_asked_for_is_not_missed() throws Exception {
        log.add("[INFO] Building final 0.1.0");
        log.add("[INFO] Building jar: /somewhere/final-0.1.0.jar");
        log.add("[INFO] BUILD SUCCESS");
        surefire("last", "z.Ends", "<testcase name=\"a\" classname=\"z.Ends\"/>");
        assertThat(report(0, "-pl", "last").exit()).isZero();
        assertThat(report(0).text()).contains("first: Maven skipped it");
    }

    @Test
    void a_run_without_a_test_is_no_success() throws Exception {
        everyModule("SUCCESS");
        var report = report(0, "-Dtest=Nothing");
        assertThat(report.exit()).isEqualTo(1);
        assertThat(report.text()).contains("no test ran");
    }

    private void everyModule(String state) {
        log.add("[INFO] Reactor Summary for all 0.1.0:");
        List.of("first", "page", "final").forEach(name -> module(name, state));
    }

    private void module(String name, String state) {
        log.add("[INFO] " + name + " .......... " + state + (state.equals("SKIPPED") ? "" : " [01:02 min]"));
    }

    private void everyReport() throws IOException {
        surefire("first", "a.Adds", "<testcase name=\"a\" classname=\"a.Adds\"/>");
        surefire("first", "a.Takes", "<testcase name=\"a\" classname=\"a.Takes\"/>");
        surefire("page", "src/show.test.ts", "<testcase name=\"shows\" classname=\"p\"/>");
        surefire("last", "z.Ends", "<testcase name=\"a\" classname=\"z.Ends\"/>");
    }

    private void surefire(String module, String name, String cases) throws IOException {
        String time = name.equals("z.Ends") ? "90.5" : "2.0";
        write(
                module + "/target/surefire-reports/TEST-" + name.replace('/', '.') + ".xml",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><testsuites><testsuite name=\"" + name + "\" time=\"" + time
                        + "\">" + cases + "</testsuite></testsuites>");
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private record Report(int exit, String text) {}

    /** By the class as it is built, without a compiler in between. */
    private Report report(int mavensExit, String... options) throws Exception {
        return report(
                List.of(
                        "-cp",
                        Project.root()
                                .resolve("system-test/target/test-classes")
                                .toString(),
                        TestReport.class.getName()),
                mavensExit,
                options);
    }

    private Report report(List<String> program, int mavensExit, String... options) throws Exception {
        write("log", String.join("\n", log));
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
        command.addAll(program);
        command.addAll(List.of(
                root.toString(),
                root.resolve("log").toString(),
                root.resolve("began").toString(),
                String.valueOf(mavensExit)));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Report(process.exitValue(), text);
    }
}
