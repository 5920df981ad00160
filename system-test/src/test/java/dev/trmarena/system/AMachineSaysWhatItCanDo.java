package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.supervise.engine.Libtorch;
import dev.trmarena.supervise.engine.PackedEngine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./arena doctor}, and what is said and refused before a solver starts; a GPU stands here as the files of its driver. */
@OnNoPlatform
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AMachineSaysWhatItCanDo {
    private static final String IDLE = "NVIDIA H100 80GB HBM3 found and not used: ";

    @TempDir
    static Path temporary;

    /** A folder with the packed libraries. */
    private static Path libraries;

    /** The root of a machine with a GPU. */
    private static Path machine;

    @BeforeAll
    static void a_folder_and_a_machine() throws IOException {
        libraries = Files.createDirectories(temporary.resolve("lib"));
        Path lib = Project.root().resolve("solver-worker/target/lib");
        String jar = "pytorch-native-cpu-" + PackedEngine.pytorch() + "-" + PackedEngine.platform() + ".jar";
        try (var packed = new ZipFile(lib.resolve(jar).toFile())) {
            for (ZipEntry entry : packed.stream().toList()) {
                if (entry.getName().matches("pytorch/cpu/[^/]+/[^/]+")) {
                    try (InputStream in = packed.getInputStream(entry)) {
                        Files.copy(
                                in, libraries.resolve(Path.of(entry.getName()).getFileName()));
                    }
                }
            }
        }
        machine = temporary.resolve("machine");
        write("proc/driver/nvidia/version", "NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.15  Tue Mar  5\n");
        write("proc/driver/nvidia/gpus/0000:1b:00.0/information", "Model: \t\t NVIDIA H100 80GB HBM3\n");
        write("dev/nvidia0", "");
        write("usr/lib/x86_64-linux-gnu/libcuda.so.1", "");
    }

    @Test
    void the_doctor_has_a_line_for_each_thing() throws Exception {
        Arena.Result lines = Arena.run(List.of("doctor", "--port", "0"));
        Arena.Result json = Arena.run(List.of("doctor", "--port", "0", "--json"));
        assertThat(json.exit()).as(lines.out() + lines.err()).isZero();
        assertThat(lines.exit()).isZero();
        JsonNode findings = json.json().path("findings");
        assertThat(findings.findValuesAsText("about"))
                .containsExactly("java", "node", "engine", "device", "kernels", "memory", "disk", "port", "clock");
        assertThat(lines.out().lines().map(line -> line.split(" +")[1])).isEqualTo(findings.findValuesAsText("about"));
        assertThat(finding(json, "engine"))
                .contains("PyTorch " + PackedEngine.pytorch(), "DJL " + PackedEngine.djl(), "packed libtorch of /");
        assertThat(finding(json, "device")).contains("CPU ");
        assertThat(finding(json, "kernels")).contains("float32 ", "bfloat16 ");
        assertThat(finding(json, "node")).as("this build has one").startsWith("v");
        assertThat(json.json().path("worst").asText()).isIn("ok", "attention");
    }

    @Test
    void the_doctor_looks_at_a_folder_of_libraries() throws Exception {
        Arena.Result good = Arena.run(List.of("doctor", "--json"), Map.of(Libtorch.SETTING, libraries.toString()));
        assertThat(finding(good, "engine")).contains("named libtorch of " + libraries);
        Arena.Result bad = Arena.run(List.of("doctor", "--libtorch", temporary.toString()));
        assertThat(bad.exit()).isEqualTo(1);
        assertThat(bad.out())
                .contains("trouble    engine    " + temporary + ": libtorch.so is missing; name the folder below it: "
                        + libraries);
    }

    @Test
    void a_gpu_that_stands_idle_is_told_of() throws Exception {
        Arena.Result doctor = Arena.run(List.of("doctor"), gpu());
        assertThat(doctor.out())
                .contains("attention  device", "driver 550.54.15", IDLE + "./arena up --gpu, or --libtorch DIR");
        // A restore that was interrupted: the platform does not start, and it is told before.
        Path data = Files.createDirectories(temporary.resolve("data"));
        Files.createFile(data.resolve("arena.lock"));
        Files.createFile(data.resolve("restoring"));
        Arena.Result up = Arena.run(List.of("up", "--port", "0", "--data", data.toString()), gpu());
        assertThat(up.exit()).isEqualTo(1);
        assertThat(up.out()).contains(IDLE + "./arena up --gpu");
        Arena.Result without = Arena.run(List.of("up", "--port", "0", "--data", data.toString()));
        assertThat(without.out() + without.err()).contains("was interrupted").doesNotContain("not used");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--gpu", "--solvers gpu"})
    void a_gpu_that_is_not_there_is_refused(String option) throws Exception {
        Path data = temporary.resolve("never");
        var arguments = new ArrayList<>(List.of("up", "--data", data.toString()));
        arguments.addAll(List.of(option.split(" ")));
        Path nothing = Files.createDirectories(temporary.resolve("nothing"));
        Arena.Result refused = Arena.run(arguments, Map.of("ARENA_MACHINE_ROOT", nothing.toString()));
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("a GPU was asked for", "./arena doctor");
        assertThat(data).as("nothing was started").doesNotExist();
    }

    @Test
    void a_cpu_build_is_refused_for_a_gpu() throws Exception {
        Path data = temporary.resolve("never");
        Arena.Result refused = Arena.run(
                List.of("up", "--data", data.toString(), "--solvers", "gpu", "--libtorch", libraries.toString()),
                gpu());
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains(libraries.toString(), "libtorch_cuda.so is missing: it is a CPU build");
        assertThat(data).doesNotExist();
    }

    /** Here stands for the CUDA build what has its names, and none of its code. */
    @Test
    void what_djl_fetched_before_is_taken_and_loaded_before_anything_starts() throws Exception {
        Path cached = Files.createDirectories(temporary
                .resolve("cache/pytorch")
                .resolve(PackedEngine.pytorch() + "-" + PackedEngine.cuda() + "-" + PackedEngine.platform()));
        for (String name : List.of("libtorch.so", "libtorch_cpu.so", "libc10.so")) {
            Files.createLink(cached.resolve(name), libraries.resolve(name));
        }
        for (String name : List.of("libtorch_cuda.so", "libc10_cuda.so")) {
            Files.copy(libraries.resolve("libtorch.so"), cached.resolve(name));
        }
        Path data = temporary.resolve("never");
        var environment = new HashMap<>(gpu());
        environment.put("DJL_CACHE_DIR", temporary.resolve("cache").toString());
        Arena.Result refused = Arena.run(List.of("up", "--gpu", "--data", data.toString()), environment);
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err())
                .contains(cached.toString(), "libtorch cannot be loaded: ")
                .doesNotContain("fetching");
        assertThat(data).doesNotExist();
    }

    @Test
    void what_cannot_be_loaded_is_refused_by_each_command_before_anything_starts() throws Exception {
        Path data = temporary.resolve("never");
        Path empty = Files.createDirectories(temporary.resolve("empty"));
        for (List<String> command : List.of(
                List.of("up", "--data", data.toString()),
                List.of("solver", "--bootstrap", "localhost:1", "--store", temporary.toString()),
                List.of("solve", "--checkpoint", "none", "--inputs", "none", "--out", data.toString()))) {
            var arguments = new ArrayList<>(command);
            arguments.addAll(List.of("--libtorch", empty.toString()));
            Arena.Result refused = Arena.run(arguments);
            assertThat(refused.exit()).as(command.get(0)).isEqualTo(1);
            assertThat(refused.err()).contains(empty.toString(), "libtorch.so is missing", "pip install torch==");
        }
        assertThat(data).doesNotExist();
    }

    @Test
    void a_checkpoint_is_solved_with_the_libraries_of_a_folder() throws Exception {
        Path demo = Project.root().resolve("demo/sudoku-4x4");
        for (Map<String, String> environment :
                List.of(Map.<String, String>of(), Map.of(Libtorch.SETTING, libraries.toString()))) {
            Arena.Result solved = Arena.run(
                    List.of(
                            "solve",
                            "--checkpoint",
                            demo.resolve("step_484").toString(),
                            "--inputs",
                            demo.resolve("dataset/test/all__inputs.npy").toString(),
                            "--puzzle-identifiers",
                            demo.resolve("dataset/test/all__puzzle_identifiers.npy")
                                    .toString(),
                            "--out",
                            temporary.resolve("out-" + environment.size()).toString()),
                    environment);
            assertThat(solved.exit()).as(solved.err()).isZero();
        }
        for (String file : List.of("preds.npy", "q_halt.npy")) {
            assertThat(temporary.resolve("out-1").resolve(file))
                    .hasSameBinaryContentAs(temporary.resolve("out-0").resolve(file));
        }
    }

    private static Map<String, String> gpu() {
        return Map.of("ARENA_MACHINE_ROOT", machine.toString());
    }

    private static String finding(Arena.Result doctor, String about) throws IOException {
        for (JsonNode finding : doctor.json().path("findings")) {
            if (finding.path("about").asText().equals(about)) {
                return finding.path("says").asText();
            }
        }
        throw new AssertionError("nothing of " + about + " in " + doctor.out());
    }

    private static void write(String file, String text) throws IOException {
        Path path = machine.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
