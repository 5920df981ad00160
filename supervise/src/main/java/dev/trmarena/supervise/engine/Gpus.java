package dev.trmarena.supervise.engine;

import dev.trmarena.limits.Printable;
import dev.trmarena.limits.ReadLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * NVIDIA's GPUs as the files of their driver tell of them; no program is run and no library loaded.
 *
 * @param models one for each, in the order of their places on the bus
 * @param driver its version; null where there is none
 * @param problem why none of them can be used; null where they can, and where there is none at all
 * @param remedy what to do about it
 */
public record Gpus(
        List<String> models,
        @Nullable String driver,
        @Nullable String problem,
        @Nullable String remedy) {
    /** Another root of the file system than {@code /}, which a test builds. */
    public static final String ROOT = "ARENA_MACHINE_ROOT";

    /** "NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.15  …"; the open module says "for x86_64" behind it. */
    private static final Pattern DRIVER = Pattern.compile("Kernel Module(?: for \\S+)?\\s+(\\d+(?:\\.\\d+)+)");

    private static final Pattern MODEL = Pattern.compile("^Model:\\s+(\\S.*?)\\s*$", Pattern.MULTILINE);

    /** With it any CUDA 12 runs: NVIDIA's minor version compatibility. */
    private static final int OLDEST_DRIVER = 525;

    /** Where the libraries of a driver are put, by distributions, by its own installer, by containers and by Windows. */
    private static final List<String> LIBRARIES = List.of(
            "usr/lib/x86_64-linux-gnu",
            "usr/lib/aarch64-linux-gnu",
            "usr/lib64",
            "usr/lib",
            "usr/local/nvidia/lib64",
            "usr/lib/wsl/lib");

    private static final String NVIDIA = "0x10de";
    private static final String DISPLAY = "0x03";

    public Gpus {
        models = List.copyOf(models);
    }

    /** Of this machine. */
    public static Gpus here() {
        String root = System.getenv(ROOT);
        return under(Path.of(root == null || root.isBlank() ? "/" : root));
    }

    /** @param root where {@code proc}, {@code sys}, {@code dev} and {@code usr} lie */
    static Gpus under(Path root) {
        String version = read(root.resolve("proc/driver/nvidia/version"));
        List<String> models = models(root.resolve("proc/driver/nvidia/gpus"));
        Matcher found = DRIVER.matcher(version);
        String driver = found.find() ? found.group(1) : null;
        if (models.isEmpty() && Files.exists(root.resolve("dev/dxg")) && hasLibrary(root)) {
            // Windows keeps the driver, and lends its library to the Linux in it.
            return new Gpus(List.of("NVIDIA GPU of Windows"), null, null, null);
        }
        if (models.isEmpty()) {
            return without(root, driver);
        }
        if (driver != null && Integer.parseInt(driver.substring(0, driver.indexOf('.'))) < OLDEST_DRIVER) {
            return new Gpus(
                    models,
                    driver,
                    "its driver " + driver + " is too old for CUDA 12",
                    "install driver " + OLDEST_DRIVER + " or newer");
        }
        if (!hasDevice(root)) {
            return new Gpus(
                    models,
                    driver,
                    "there is no device file /dev/nvidia0",
                    "start the container with --gpus all; without one, run nvidia-modprobe");
        }
        if (!hasLibrary(root)) {
            return new Gpus(
                    models,
                    driver,
                    "the driver's library libcuda.so.1 is missing",
                    "install it (Debian: apt-get install libcuda1), or start the container with NVIDIA's container"
                            + " toolkit");
        }
        return new Gpus(models, driver, null, null);
    }

    private static Gpus without(Path root, @Nullable String driver) {
        if (driver != null) {
            return new Gpus(
                    List.of(),
                    driver,
                    "driver " + driver + " is loaded and has no GPU",
                    "look at nvidia-smi and dmesg");
        }
        return onTheBus(root)
                ? new Gpus(
                        List.of(),
                        null,
                        "an NVIDIA GPU is in this machine and its driver is not loaded",
                        "install the driver (Debian: apt-get install nvidia-driver) and start the machine anew")
                : new Gpus(List.of(), null, null, null);
    }

    /** Whether there are some that can be computed with. */
    public boolean usable() {
        return !models.isEmpty() && problem == null;
    }

    /** {@code NVIDIA H100 80GB HBM3}, or {@code 8 x NVIDIA H100 80GB HBM3}. */
    public String names() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        models.forEach(model -> counts.merge(model, 1, Integer::sum));
        return counts.entrySet().stream()
                .map(each -> each.getValue() == 1 ? each.getKey() : each.getValue() + " x " + each.getKey())
                .collect(Collectors.joining(", "));
    }

    /** What whoever starts a solver on the CPU is told; null where there is nothing to say. */
    public @Nullable String notUsed(String command) {
        if (!usable()) {
            return null;
        }
        return names() + " found and not used: " + command + " --gpu, or --libtorch DIR";
    }

    /**
     * By these CUDA lets a process have one of them.
     *
     * @param setting {@code CUDA_VISIBLE_DEVICES} of whoever asks, which leaves some out; null for all
     */
    public List<String> visible(@Nullable String setting) {
        if (!usable()) {
            return List.of();
        }
        if (setting == null) {
            return IntStream.range(0, models.size()).mapToObj(String::valueOf).toList();
        }
        return Stream.of(setting.split(","))
                .map(String::strip)
                .filter(one -> !one.isEmpty() && !one.equals("-1"))
                .toList();
    }

    /**
     * The model of the first that CUDA gives to a process.
     *
     * @param environment its environment: {@code CUDA_VISIBLE_DEVICES} and {@code CUDA_DEVICE_ORDER}
     * @return null where models differ and neither says which of them it is
     */
    public @Nullable String first(Map<String, String> environment) {
        if (new HashSet<>(models).size() == 1) {
            return models.get(0);
        }
        List<String> given = visible(environment.get("CUDA_VISIBLE_DEVICES"));
        boolean asOnTheBus = "PCI_BUS_ID".equals(environment.get("CUDA_DEVICE_ORDER"));
        if (!asOnTheBus || given.isEmpty() || !given.get(0).matches("\\d{1,4}")) {
            return null;
        }
        int place = Integer.parseInt(given.get(0));
        return place < models.size() ? models.get(place) : null;
    }

    private static List<String> models(Path gpus) {
        return children(gpus).stream()
                .map(gpu -> {
                    Matcher model = MODEL.matcher(read(gpu.resolve("information")));
                    return model.find() ? Printable.line(model.group(1)) : "NVIDIA GPU " + gpu.getFileName();
                })
                .toList();
    }

    private static boolean hasDevice(Path root) {
        return children(root.resolve("dev")).stream()
                .anyMatch(file -> file.getFileName().toString().matches("nvidia\\d+"));
    }

    private static boolean hasLibrary(Path root) {
        return LIBRARIES.stream()
                .anyMatch(folder -> Files.exists(root.resolve(folder).resolve("libcuda.so.1")));
    }

    private static boolean onTheBus(Path root) {
        return children(root.resolve("sys/bus/pci/devices")).stream()
                .anyMatch(device -> read(device.resolve("vendor")).startsWith(NVIDIA)
                        && read(device.resolve("class")).startsWith(DISPLAY));
    }

    /** None where there is no such folder, or where it may not be read. */
    private static List<Path> children(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Nothing where it cannot be read: then it says nothing of a GPU. */
    private static String read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes((int) ReadLimits.CONFIGURATION_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
