package dev.trmarena.supervise.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Machines as their driver describes them in files, built in a folder. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AGpuIsFoundByItsDriver {
    private static final String CLOSED =
            "NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.15  Tue Mar  5 22:23:56 UTC 2024\n"
                    + "GCC version: 12.2.0\n";
    private static final String OPEN =
            "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  570.133.7  Release Build  (dvs-builder@U16)\n";

    @TempDir
    Path root;

    @ParameterizedTest
    @ValueSource(strings = {CLOSED, OPEN})
    void all_of_them_by_their_names(String version) throws IOException {
        machine(version, "NVIDIA H100 80GB HBM3", "NVIDIA H100 80GB HBM3");
        Gpus gpus = Gpus.under(root);
        assertThat(gpus.usable()).isTrue();
        assertThat(gpus.names()).isEqualTo("2 x NVIDIA H100 80GB HBM3");
        assertThat(version).contains(" " + gpus.driver() + " ");
        assertThat(gpus.notUsed("./arena up"))
                .isEqualTo("2 x NVIDIA H100 80GB HBM3 found and not used: ./arena up --gpu, or --libtorch DIR");
        assertThat(gpus.visible(null)).containsExactly("0", "1");
        assertThat(gpus.visible(" 1,")).containsExactly("1");
        assertThat(gpus.visible("")).isEmpty();
    }

    @Test
    void a_process_knows_which_it_has() throws IOException {
        Map<String, String> second = Map.of("CUDA_VISIBLE_DEVICES", "1", "CUDA_DEVICE_ORDER", "PCI_BUS_ID");
        machine(CLOSED, "NVIDIA H100 80GB HBM3", "NVIDIA H100 80GB HBM3");
        assertThat(Gpus.under(root).first(Map.of())).isEqualTo("NVIDIA H100 80GB HBM3");
        machine(CLOSED, "NVIDIA H100 80GB HBM3", "NVIDIA T4");
        Gpus mixed = Gpus.under(root);
        assertThat(mixed.first(second)).isEqualTo("NVIDIA T4");
        assertThat(mixed.first(Map.of("CUDA_VISIBLE_DEVICES", "1")))
                .as("CUDA puts the fastest first")
                .isNull();
        assertThat(mixed.first(Map.of("CUDA_VISIBLE_DEVICES", "GPU-8932f937", "CUDA_DEVICE_ORDER", "PCI_BUS_ID")))
                .isNull();
        assertThat(mixed.first(Map.of("CUDA_VISIBLE_DEVICES", "2", "CUDA_DEVICE_ORDER", "PCI_BUS_ID")))
                .isNull();
    }

    @Test
    void none_is_nothing_to_say() {
        Gpus none = Gpus.under(root);
        assertThat(none).isEqualTo(new Gpus(List.of(), null, null, null));
        assertThat(none.usable()).isFalse();
        assertThat(none.notUsed("./arena up")).isNull();
        assertThat(none.visible(null)).isEmpty();
    }

    @Test
    void one_without_a_driver_is_seen_on_the_bus() throws IOException {
        device("0000:00:02.0", "0x8086", "0x030000");
        device("0000:01:00.1", "0x10de", "0x040300");
        assertThat(Gpus.under(root).problem())
                .as("graphics of another maker, a sound card of this one")
                .isNull();
        device("0000:01:00.0", "0x10de", "0x030200");
        unusable("its driver is not loaded", "nvidia-driver");
    }

    @Test
    void what_is_missing_between_driver_and_solver_is_named() throws IOException {
        machine(
                "NVRM version: NVIDIA UNIX x86_64 Kernel Module  470.82.01  Wed Oct 27 21:21:55 UTC 2021\n",
                "Tesla V100");
        unusable("470.82.01 is too old", "525");
        write("proc/driver/nvidia/version", CLOSED);
        assertThat(Gpus.under(root).usable()).isTrue();
        Files.delete(root.resolve("usr/lib/x86_64-linux-gnu/libcuda.so.1"));
        unusable("libcuda.so.1 is missing", "container toolkit");
        Files.delete(root.resolve("dev/nvidia0"));
        unusable("no device file", "--gpus all");
    }

    @Test
    void a_driver_without_a_gpu_says_so() throws IOException {
        write("proc/driver/nvidia/version", CLOSED);
        unusable("550.54.15 is loaded and has no GPU", "dmesg");
    }

    @Test
    void windows_lends_its_driver_to_the_linux_in_it() throws IOException {
        write("dev/dxg", "");
        write("usr/lib/wsl/lib/libcuda.so.1", "");
        assertThat(Gpus.under(root).usable()).isTrue();
    }

    @Test
    void what_the_driver_says_does_nothing_when_it_is_printed() throws IOException {
        machine(CLOSED, "H100\u001b[31m");
        assertThat(Gpus.under(root).names()).doesNotContain("\u001b");
    }

    private void unusable(String problem, String remedy) {
        Gpus gpus = Gpus.under(root);
        assertThat(gpus.usable()).isFalse();
        assertThat(gpus.problem()).contains(problem);
        assertThat(gpus.remedy()).contains(remedy);
        assertThat(gpus.notUsed("./arena up")).isNull();
    }

    private void machine(String version, String... models) throws IOException {
        write("proc/driver/nvidia/version", version);
        for (int i = 0; i < models.length; i++) {
            write(
                    "proc/driver/nvidia/gpus/0000:" + (i + 1) + "b:00.0/information",
                    "Model: \t\t " + models[i] + "\nIRQ:   \t\t 42\nDevice Minor: \t " + i + "\n");
            write("dev/nvidia" + i, "");
        }
        write("dev/nvidiactl", "");
        write("usr/lib/x86_64-linux-gnu/libcuda.so.1", "");
    }

    private void device(String place, String vendor, String kind) throws IOException {
        write("sys/bus/pci/devices/" + place + "/vendor", vendor + "\n");
        write("sys/bus/pci/devices/" + place + "/class", kind + "\n");
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
