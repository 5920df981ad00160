package dev.trmarena.supervise.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
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

/** Folders with files that begin as libraries do, and hold what a library of PyTorch says of its version. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LibrariesAreLookedAtBeforeTheyAreLoaded {
    private static final String HERE = PackedEngine.platform();

    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void pips_folder() throws IOException {
        folder = Files.createDirectories(temporary.resolve("torch/lib"));
        for (String name : List.of("torch", "torch_cpu", "c10")) {
            library(name, HERE, "");
        }
        Files.writeString(
                folder.resolveSibling("version.py"),
                "from typing import Optional\n\n__version__ = '" + PackedEngine.pytorch() + "+cu126'\ncuda = '12.6'\n");
    }

    @Test
    void a_folder_of_the_right_version_is_taken() throws IOException {
        assertThat(Libtorch.in(folder)).isEqualTo(new Libtorch(folder, false));
        assertThat(Libtorch.in(folder).properties())
                .containsEntry("PYTORCH_LIBRARY_PATH", folder.toString())
                .containsEntry("PYTORCH_VERSION", PackedEngine.pytorch())
                .containsEntry("PYTORCH_FLAVOR", "cpu");
    }

    @Test
    void one_with_cuda_is_told_from_one_without_and_its_runtime_found_beside_it() throws IOException {
        library("torch_cuda", HERE, "");
        assertThatThrownBy(() -> Libtorch.in(folder))
                .hasMessageContaining(folder + ": " + System.mapLibraryName("c10_cuda") + " is missing");
        library("c10_cuda", HERE, "");
        Path runtime = Files.createDirectories(temporary.resolve("nvidia/cuda_runtime/lib"));
        Files.createFile(runtime.resolve("libcudart.so.12"));
        Files.createFile(folder.resolve("libshm.so"));
        Libtorch found = Libtorch.in(folder);
        assertThat(found.cuda()).isTrue();
        assertThat(found.properties())
                .containsEntry("PYTORCH_FLAVOR", PackedEngine.cuda())
                .containsEntry("PYTORCH_LIBRARY_EXCLUSION", "libshm.so");
        assertThat(found.cudaRuntime(name -> null)).isEqualTo(runtime.resolve("libcudart.so.12"));
        Path own = Files.createFile(folder.resolve("libcudart-218eec4c.so.12"));
        assertThat(found.cudaRuntime(name -> null)).isEqualTo(own);
    }

    @ParameterizedTest
    @ValueSource(strings = {"torch", "torch_cpu", "c10"})
    void a_missing_file_is_named(String name) throws IOException {
        Files.delete(folder.resolve(System.mapLibraryName(name)));
        assertThatThrownBy(() -> Libtorch.in(folder))
                .isInstanceOf(BadLibtorch.class)
                .hasMessage(folder + ": " + System.mapLibraryName(name) + " is missing");
    }

    @Test
    void the_folder_above_is_led_to_the_right_one() {
        assertThatThrownBy(() -> Libtorch.in(temporary.resolve("torch")))
                .isInstanceOfSatisfying(
                        BadLibtorch.class, bad -> assertThat(bad.remedy()).contains(folder.toString()));
        assertThatThrownBy(() -> Libtorch.in(folder.resolveSibling("version.py")))
                .hasMessageContaining("it is a file");
        assertThatThrownBy(() -> Libtorch.in(temporary.resolve("nowhere")))
                .hasMessageContaining("there is no such folder");
    }

    @Test
    void another_version_is_named_by_what_pip_wrote() throws IOException {
        Files.writeString(folder.resolveSibling("version.py"), "__version__ = '2.6.0+cu124'\n");
        refusedAs("it is libtorch 2.6.0");
        Files.delete(folder.resolveSibling("version.py"));
        Files.writeString(folder.resolveSibling("build-version"), "2.8.0+cpu\n");
        refusedAs("it is libtorch 2.8.0");
    }

    @Test
    void where_nobody_wrote_a_version_the_library_tells() throws IOException {
        Files.delete(folder.resolveSibling("version.py"));
        refusedAs("it is libtorch of another version");
        library("torch_cpu", HERE, "2.6.0");
        refusedAs("it is libtorch of another version");
        library("torch_cpu", HERE, PackedEngine.pytorch());
        assertThat(Libtorch.in(folder).cuda()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"linux-aarch64", "linux-x86_64", "osx-aarch64", "osx-x86_64", "win-x86_64"})
    void another_platform_is_named(String platform) throws IOException {
        library("torch_cpu", platform, "");
        if (platform.equals(HERE)) {
            assertThat(Libtorch.in(folder).folder()).isEqualTo(folder);
        } else {
            refusedAs("it is built for " + platform + ", this machine is " + HERE);
        }
    }

    @Test
    void what_is_no_library_is_refused() throws IOException {
        Files.writeString(folder.resolve(System.mapLibraryName("torch_cpu")), "# a script\n".repeat(20));
        refusedAs("it is no library of any system");
        Files.write(folder.resolve(System.mapLibraryName("torch_cpu")), new byte[3]);
        refusedAs("it is no library: it has 3 bytes");
    }

    /** Root may read everything: somebody else looks for it. */
    @Test
    void what_may_not_be_read_is_named() throws Exception {
        Path library = folder.resolve(System.mapLibraryName("c10"));
        for (Path above = temporary.getParent(); above != null; above = above.getParent()) {
            assumeTrue(
                    Files.getPosixFilePermissions(above).contains(PosixFilePermission.OTHERS_EXECUTE),
                    "temporary files lie in a folder that nobody else may enter");
        }
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(library, PosixFilePermissions.fromString("---------"));
        assertThat(lookAsNobody(folder)).contains("BadLibtorch", library + ": it may not be read by this user");
    }

    /** Runs on the classes of this module and of limits alone, copied to where anybody reads them. */
    private String lookAsNobody(Path looked) throws Exception {
        var command = new ArrayList<String>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"));
        }
        Path classes = temporary.resolve("classes");
        for (Class<?> each :
                List.of(Libtorch.class, BadLibtorch.class, PackedEngine.class, LibraryFile.class, LookAtFolder.class)) {
            copy(each, each.getSimpleName() + ".class", classes);
        }
        copy(Libtorch.class, "engine.properties", classes);
        copy(dev.trmarena.limits.ReadLimits.class, "ReadLimits.class", classes);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:+UseSerialGC", "-cp", classes.toString(), LookAtFolder.class.getName(), looked.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .directory(temporary.toFile())
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    private static void copy(Class<?> beside, String name, Path classes) throws IOException {
        Path to = classes.resolve(beside.getPackageName().replace('.', '/')).resolve(name);
        Files.createDirectories(to.getParent());
        try (var in = beside.getResourceAsStream(name)) {
            Files.write(to, java.util.Objects.requireNonNull(in, name).readAllBytes());
        }
    }

    private void refusedAs(String problem) {
        assertThatThrownBy(() -> Libtorch.in(folder))
                .isInstanceOf(BadLibtorch.class)
                .hasMessageContaining(problem)
                .isInstanceOfSatisfying(BadLibtorch.class, bad -> assertThat(bad.remedy())
                        .contains("pip install torch==" + PackedEngine.pytorch()));
    }

    private void library(String name, String platform, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
        switch (platform) {
            case "linux-x86_64" -> bytes.putInt(0, 0x464c457f).put(4, (byte) 2).putShort(18, (short) 62);
            case "linux-aarch64" -> bytes.putInt(0, 0x464c457f).put(4, (byte) 2).putShort(18, (short) 183);
            case "osx-aarch64" -> bytes.putInt(0, 0xfeedfacf).putInt(4, 0x0100000c);
            case "osx-x86_64" -> bytes.putInt(0, 0xfeedfacf).putInt(4, 0x01000007);
            default -> bytes.putShort(0, (short) 0x5a4d);
        }
        bytes.position(100);
        bytes.put(text.getBytes(StandardCharsets.US_ASCII));
        Files.write(folder.resolve(System.mapLibraryName(name)), bytes.array());
    }
}
