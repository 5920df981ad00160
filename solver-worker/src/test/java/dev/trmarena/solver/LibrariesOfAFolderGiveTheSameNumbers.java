package dev.trmarena.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trmarena.supervise.engine.AskEngine;
import dev.trmarena.supervise.engine.BadLibtorch;
import dev.trmarena.supervise.engine.EngineReport;
import dev.trmarena.supervise.engine.Libtorch;
import dev.trmarena.supervise.engine.PackedEngine;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packed libraries, unpacked into a folder and taken from there by processes that have no others. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LibrariesOfAFolderGiveTheSameNumbers {
    private static final List<Path> JARS = Stream.of(
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                            .split(File.pathSeparator))
            .map(Path::of)
            .toList();
    private static final List<Path> WITHOUT_LIBRARIES = JARS.stream()
            .filter(jar -> !jar.getFileName().toString().startsWith("pytorch-native-"))
            .toList();

    @TempDir
    static Path temporary;

    private static Path folder;

    @BeforeAll
    static void unpacked() throws IOException {
        assertThat(WITHOUT_LIBRARIES).as("all jars but one").hasSize(JARS.size() - 1);
        folder = Files.createDirectories(temporary.resolve("unpacked"));
        for (String library : packed("native/lib/pytorch.properties")
                .getProperty("libraries", "")
                .split(",")) {
            try (InputStream in = resource("pytorch/cpu/" + PackedEngine.platform() + "/" + library)) {
                Files.copy(in, folder.resolve(library));
            }
        }
    }

    @Test
    void the_golden_cases_pass_on_them() throws Exception {
        Path models = Path.of(System.getProperty("arena.root", ".."), "golden/cases/models");
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Dai.djl.offline=true",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                String.join(
                        File.pathSeparator,
                        WITHOUT_LIBRARIES.stream().map(Path::toString).toList()),
                GoldenCasesHere.class.getName(),
                temporary.resolve("golden").toString(),
                models.toString());
        builder.environment().put(Libtorch.SETTING, folder.toString());
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        try (Stream<Path> cases = Files.list(models)) {
            // Each with generic kernels at least.
            long least = cases.count();
            assertThat(said).containsPattern("passed \\d+ on " + folder);
            assertThat(Long.parseLong(said.replaceAll("(?s).*passed (\\d+) on.*", "$1")))
                    .as(said)
                    .isGreaterThanOrEqualTo(least)
                    .isGreaterThan(4);
        }
    }

    @Test
    void the_engine_says_where_it_is_from_and_what_it_has() throws Exception {
        EngineReport here = new AskEngine(WITHOUT_LIBRARIES).report(Libtorch.in(folder));
        assertThat(here.libtorch()).isEqualTo(folder.toString());
        assertThat(here.pytorch()).isEqualTo(PackedEngine.pytorch());
        assertThat(here.djl()).isEqualTo(PackedEngine.djl());
        assertThat(here.kernels()).containsKeys("float32", "bfloat16", "float16");
        assertThat(here.device()).startsWith("CPU ");
        assertThat(here.gpus()).isZero();
        EngineReport packed = new AskEngine(JARS).report(null);
        assertThat(packed.libtorch()).isNotEqualTo(folder.toString());
        assertThat(packed.kernels()).isEqualTo(here.kernels());
        assertThat(packed.capabilities()).isEqualTo(here.capabilities());
    }

    @Test
    void what_only_loading_shows_is_told_before_anything_starts() throws Exception {
        Path broken = Files.createDirectories(temporary.resolve("broken"));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                if (!name.startsWith("libgomp")) {
                    Files.createLink(broken.resolve(name), file);
                }
            }
        }
        var engine = new AskEngine(WITHOUT_LIBRARIES);
        Libtorch looksGood = Libtorch.in(broken);
        if (System.getProperty("os.name").startsWith("Linux")) {
            assertThatThrownBy(() -> engine.report(looksGood))
                    .isInstanceOf(BadLibtorch.class)
                    .hasMessageContaining(broken + ": libtorch cannot be loaded")
                    .hasMessageContaining("libgomp");
        }
        // Half a copy: the file begins well.
        Path cut = broken.resolve(System.mapLibraryName("c10"));
        Files.delete(cut);
        Files.copy(folder.resolve(cut.getFileName()), cut);
        try (FileChannel channel = FileChannel.open(cut, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
        assertThatThrownBy(() -> engine.report(Libtorch.in(broken)))
                .isInstanceOf(BadLibtorch.class)
                .hasMessageContaining("libtorch cannot be loaded");
    }

    /** A wrong one would be noticed by whoever has a GPU, and by nobody else. */
    @Test
    void the_versions_that_are_asked_for_are_those_that_djl_has_code_for() throws IOException {
        assertThat(packed("jnilib/pytorch.properties").getProperty("jni_version"))
                .isEqualTo(PackedEngine.pytorch() + "-" + PackedEngine.djl());
        assertThat(packed("pytorch-engine.properties").getProperty("pytorch_version"))
                .isEqualTo(PackedEngine.pytorch());
        for (String code : List.of(
                "linux-x86_64/cpu/libdjl_torch.so",
                "linux-x86_64/" + PackedEngine.cuda() + "/libdjl_torch.so",
                "linux-aarch64/cpu/libdjl_torch.so",
                "osx-aarch64/cpu/libdjl_torch.dylib")) {
            try (InputStream in = resource("jnilib/" + code)) {
                assertThat(in.read()).as(code).isNotNegative();
            }
        }
    }

    private static Properties packed(String name) throws IOException {
        var properties = new Properties();
        try (InputStream in = resource(name)) {
            properties.load(in);
        }
        return properties;
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(LibrariesOfAFolderGiveTheSameNumbers.class.getResourceAsStream("/" + name), name);
    }
}
