package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script on machines that lack something, which stand here as programs in front of the PATH. */
@OnNoPlatform
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TheNeedsAreSaidAtOnce {
    @TempDir
    Path project;

    private Path programs;

    /** The script and what it reads, with a Maven that only says that it was called. */
    @BeforeEach
    void a_machine_with_everything() throws IOException {
        Files.createDirectories(project.resolve("web"));
        Files.copy(Project.root().resolve("arena"), project.resolve("arena"));
        Files.copy(Project.root().resolve("web/package.json"), project.resolve("web/package.json"));
        programs = Files.createDirectories(project.resolve("programs"));
        machine("Linux", "x86_64");
        program("java", "echo 'openjdk version \"17.0.15\" 2025-04-15' >&2");
        program("javac", "");
        node("v22.12.0");
        program("npm", "");
        script(project.resolve("mvnw"), "echo '[ERROR] Maven was called'; exit 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"20.19.0", "20.20.2", "22.12.0", "22.22.0", "24.0.0", "26.1.0"})
    void a_node_that_builds_the_page_is_taken(String version) throws Exception {
        node("v" + version);
        var said = arena("build");
        assertThat(said.text()).contains("Maven was called");
        assertThat(Needs.suits(version)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"18.20.4", "20.0.0", "20.18.3", "21.7.3", "22.0.0", "22.11.0", "23.11.0"})
    void any_other_node_is_refused_before_anything_is_built(String version) throws Exception {
        node("v" + version);
        var said = arena("build");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.text())
                .contains("v" + version, "20.19 or newer of 20, 22.12 or newer of 22, or 24.0 and newer")
                .contains("apt-get install nodejs npm")
                .doesNotContain("Maven was called");
        assertThat(Needs.suits(version)).isFalse();
    }

    @Test
    void a_machine_without_node_or_npm_is_told() throws Exception {
        program("node", "exit 127");
        assertThat(arena("build").text()).doesNotContain("Maven was called");
        node("v22.12.0");
        Files.delete(programs.resolve("npm"));
        assertThat(arena("build").text()).contains("a Node but no npm").doesNotContain("Maven was called");
    }

    @ParameterizedTest
    @CsvSource({"11.0.2, 11", "1.8.0_392, 1", "16, 16"})
    void an_old_java_is_refused_by_its_version(String version, String major) throws Exception {
        program("java", "echo 'openjdk version \"" + version + "\"' >&2");
        var said = arena("up");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.text())
                .contains("Java 17 or newer is needed", "is version " + major, "openjdk-17-jdk-headless");
    }

    @Test
    void a_java_that_cannot_compile_is_refused_for_building() throws Exception {
        Files.delete(programs.resolve("javac"));
        assertThat(arena("build").text()).contains("a JDK is needed").doesNotContain("Maven was called");
    }

    @ParameterizedTest
    @CsvSource({"Linux, riscv64", "Darwin, x86_64", "FreeBSD, amd64"})
    void other_machines_are_refused_by_name_and_told_what_works(String system, String processor) throws Exception {
        machine(system, processor);
        for (String command : List.of("up", "solver", "solve", "adapt", "test")) {
            var said = arena(command);
            assertThat(said.exit()).isEqualTo(1);
            assertThat(said.text())
                    .contains(
                            system + " on " + processor,
                            "`" + command + "`",
                            "Linux on x86_64 or aarch64",
                            "WSL",
                            "linux/amd64",
                            "--url")
                    .doesNotContain("Maven was called");
        }
        assertThat(arena("build").text()).contains("Maven was called");
    }

    @ParameterizedTest
    @CsvSource({"Linux, x86_64", "Linux, aarch64", "Darwin, arm64"})
    void a_machine_with_libraries_of_its_own_builds(String system, String processor) throws Exception {
        machine(system, processor);
        assertThat(arena("up").text()).contains("Maven was called");
    }

    @Test
    void the_readme_names_the_same_needs() throws Exception {
        String needs = arena("help")
                .text()
                .lines()
                .filter(line -> line.startsWith("Needed: "))
                .findFirst()
                .orElse("");
        assertThat(needs)
                .contains(
                        "Linux on x86_64 or aarch64 (on Windows in WSL) or macOS on Apple silicon, JDK 17 or newer, to"
                                + " build Node 20.19");
        String readme = Readme.text().replaceAll("\\s+", " ");
        assertThat(readme)
                .contains("Linux on x86_64 or aarch64 (on Windows in WSL) or macOS on Apple silicon, JDK 17 or newer")
                .contains("Node 20.19 or newer of 20, 22.12 or newer of 22, or 24.0 and newer");
        assertThat(Project.only("<maven.compiler.release>(\\d+)<", Project.text("pom.xml")))
                .isEqualTo("17");
    }

    @Test
    void the_page_is_locked_to_tools_that_run_on_all_of_these() throws Exception {
        JsonNode locked = new ObjectMapper()
                .readTree(Project.text("web/package-lock.json"))
                .path("packages");
        // What both can: a newer one of either says here that the range must be thought over.
        assertThat(node(locked, "node_modules/vite")).isEqualTo("^20.19.0 || >=22.12.0");
        assertThat(node(locked, "node_modules/vitest")).isEqualTo("^20.0.0 || ^22.0.0 || >=24.0.0");
        assertThat(Needs.nodeRange()).isEqualTo("^20.19.0 || ^22.12.0 || >=24.0.0");
        assertThat(node(locked, "")).isEqualTo(Needs.nodeRange());
    }

    private static String node(JsonNode locked, String name) {
        return locked.path(name).path("engines").path("node").asText();
    }

    private void machine(String system, String processor) throws IOException {
        program("uname", "case $1 in -m) echo " + processor + " ;; *) echo " + system + " ;; esac");
    }

    private void node(String version) throws IOException {
        program("node", "echo " + version);
    }

    private void program(String name, String body) throws IOException {
        script(programs.resolve(name), body);
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record Said(int exit, String text) {}

    /** The tools that the script itself uses stand beside the programs; nothing else of this machine does. */
    private Said arena(String... arguments) throws Exception {
        for (String tool : List.of(
                "sh", "sed", "head", "tail", "tr", "cat", "dirname", "find", "sort", "cksum", "mkdir", "touch", "date",
                "grep", "ls", "ps", "tee")) {
            Path real = Files.exists(Path.of("/usr/bin", tool)) ? Path.of("/usr/bin", tool) : Path.of("/bin", tool);
            program(tool, "exec " + real + " \"$@\"");
        }
        var command = new ArrayList<>(List.of(project.resolve("arena").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", programs.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Said(process.exitValue(), text);
    }
}
