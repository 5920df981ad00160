package dev.trmarena.supervise.engine;

import dev.trmarena.limits.ReadLimits;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder with a build of libtorch, looked at by name before anything of it is loaded: pip's {@code torch/lib}, the {@code lib} of
 * PyTorch's own archives, or what DJL keeps in its cache.
 *
 * @param folder absolute
 * @param cuda whether it is built for GPUs
 */
public record Libtorch(Path folder, boolean cuda) {
    /** By this a process is told the folder. */
    public static final String SETTING = "ARENA_LIBTORCH";

    /** What DJL's loader looks up; the environment goes before what this sets. */
    private static final List<String> OF_DJL =
            List.of("PYTORCH_LIBRARY_PATH", "PYTORCH_VERSION", "PYTORCH_FLAVOR", "PYTORCH_LIBRARY_EXCLUSION");

    /** The file, in the folder above the libraries, by which pip and PyTorch's archives say their version. */
    private static final Map<String, Pattern> VERSION_FILES = Map.of(
            "version.py", Pattern.compile("__version__ = '(\\d+\\.\\d+\\.\\d+)[^']*'"),
            "build-version", Pattern.compile("(\\d+\\.\\d+\\.\\d+).*", Pattern.DOTALL));

    /** Of pip's folder: for Python, and for PyTorch's own tests. DJL would load everything that it finds. */
    private static final Pattern NOT_FOR_JAVA = Pattern.compile(
            "lib(shm|torch_python|aoti_custom_ops|backend_with_compiler|jitbackend_test|torchbind_test)\\..*");

    private static final Pattern CUDA_RUNTIME = Pattern.compile("libcudart(-[0-9a-f]+)?\\.so(\\.\\d+)*");

    /**
     * @param folder that the user named
     * @throws BadLibtorch when it is not one that this build can load; names the file
     */
    public static Libtorch in(Path folder) throws IOException {
        Path libraries = folder.toAbsolutePath().normalize();
        try {
            return checked(libraries);
        } catch (AccessDeniedException e) {
            throw new BadLibtorch(
                    e.getFile(), "it may not be read by this user", "let its owner run: chmod -R a+rX " + libraries);
        }
    }

    private static Libtorch checked(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new BadLibtorch(
                    folder.toString(),
                    Files.exists(folder) ? "it is a file" : "there is no such folder",
                    "name the folder that holds " + System.mapLibraryName("torch")
                            + "; of a virtual environment it is lib/python3.*/site-packages/torch/lib");
        }
        Set<String> there;
        try (Stream<Path> files = Files.list(folder)) {
            there = files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
        boolean cuda = there.contains(System.mapLibraryName("torch_cuda"));
        var needed = cuda
                ? List.of("torch", "torch_cpu", "c10", "torch_cuda", "c10_cuda")
                : List.of("torch", "torch_cpu", "c10");
        for (String name : needed) {
            String file = System.mapLibraryName(name);
            if (!there.contains(file)) {
                throw missing(folder, file, there);
            }
            requirePlatform(folder.resolve(file));
        }
        requireVersion(folder);
        return new Libtorch(folder, cuda);
    }

    private static BadLibtorch missing(Path folder, String file, Set<String> there) {
        String problem = file + " is missing";
        if (Files.exists(folder.resolve("lib").resolve(file))) {
            return new BadLibtorch(folder.toString(), problem, "name the folder below it: " + folder.resolve("lib"));
        }
        List<String> others = List.of("libtorch.so", "libtorch.dylib", "torch.dll");
        if (others.stream().anyMatch(other -> !other.equals(System.mapLibraryName("torch")) && there.contains(other))) {
            return new BadLibtorch(
                    folder.toString(), problem + ": these are the libraries of another system", remedy());
        }
        return new BadLibtorch(folder.toString(), problem, remedy());
    }

    private static void requirePlatform(Path library) throws IOException {
        String platform = LibraryFile.platform(library);
        if (!platform.equals(PackedEngine.platform())) {
            throw new BadLibtorch(
                    library.toString(),
                    (platform.startsWith("no ") ? "it is " : "it is built for ") + platform + ", this machine is "
                            + PackedEngine.platform(),
                    remedy());
        }
    }

    /** A file beside the libraries tells; else the library itself, which writes its version into every ONNX file. */
    private static void requireVersion(Path folder) throws IOException {
        String wanted = PackedEngine.pytorch();
        String said = writtenVersion(folder.resolveSibling("."));
        Path library = folder.resolve(System.mapLibraryName("torch_cpu"));
        boolean right = said != null ? said.equals(wanted) : LibraryFile.hasText(library, wanted);
        if (!right) {
            throw new BadLibtorch(
                    folder.toString(),
                    "it is libtorch " + (said != null ? said : "of another version") + ", and DJL's code is built for "
                            + wanted + " alone",
                    remedy());
        }
    }

    private static @Nullable String writtenVersion(Path above) throws IOException {
        for (Map.Entry<String, Pattern> each : new TreeMap<>(VERSION_FILES).entrySet()) {
            Path file = above.resolve(each.getKey()).normalize();
            if (Files.isRegularFile(file)) {
                try (InputStream in = Files.newInputStream(file)) {
                    String text =
                            new String(in.readNBytes((int) ReadLimits.CONFIGURATION_BYTES), StandardCharsets.UTF_8);
                    Matcher version = each.getValue().matcher(text);
                    if (version.find()) {
                        return version.group(1);
                    }
                }
            }
        }
        return null;
    }

    private static String remedy() {
        return "take that of " + PackedEngine.pytorch() + " for " + PackedEngine.platform() + ": pip install torch=="
                + PackedEngine.pytorch() + ", then --libtorch .../site-packages/torch/lib";
    }

    /** The one that this process was told of by {@link #SETTING}; null where it was told of none. */
    public static @Nullable Libtorch ofSetting() throws IOException {
        Path folder = LibtorchOptions.orSetting(null);
        return folder == null ? null : in(folder);
    }

    /**
     * Before the engine is asked for the first time in this process: it loads these libraries then, and none that are packed.
     *
     * @throws BadLibtorch when the environment tells DJL something else
     */
    public void use() throws IOException {
        for (String name : OF_DJL) {
            if (System.getenv(name) != null) {
                throw new BadLibtorch(
                        null,
                        name + " is set in the environment, and DJL heeds that and not " + folder,
                        "unset it: the folder says all of it");
            }
        }
        properties().forEach(System::setProperty);
        Path runtime = cuda ? cudaRuntime(System::getenv) : null;
        if (runtime != null) {
            link(runtime);
        }
    }

    /** What DJL's loader is told, as properties of the JVM. */
    Map<String, String> properties() throws IOException {
        var all = new TreeMap<String, String>();
        all.put("PYTORCH_LIBRARY_PATH", folder.toString());
        all.put("PYTORCH_VERSION", PackedEngine.pytorch());
        all.put("PYTORCH_FLAVOR", cuda ? PackedEngine.cuda() : "cpu");
        try (Stream<Path> files = Files.list(folder)) {
            all.put(
                    "PYTORCH_LIBRARY_EXCLUSION",
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> NOT_FOR_JAVA.matcher(name).matches())
                            .sorted()
                            .collect(Collectors.joining(",")));
        }
        return all;
    }

    /**
     * CUDA's runtime, by which DJL counts GPUs: with these libraries, beside them where pip installs it, or of a toolkit.
     *
     * @param environment of whoever asks
     * @return null where there is none
     */
    @Nullable
    Path cudaRuntime(UnaryOperator<@Nullable String> environment) throws IOException {
        var looked = new ArrayList<Path>();
        looked.add(folder);
        looked.add(folder.resolve("../../nvidia/cuda_runtime/lib").normalize());
        String paths = environment.apply("LD_LIBRARY_PATH");
        if (paths != null) {
            Stream.of(paths.split(File.pathSeparator))
                    .filter(path -> !path.isBlank())
                    .map(Path::of)
                    .forEach(looked::add);
        }
        looked.add(Path.of("/usr/local/cuda/lib64"));
        for (Path each : looked) {
            if (Files.isDirectory(each)) {
                try (Stream<Path> files = Files.list(each)) {
                    Optional<Path> runtime = files.filter(file -> CUDA_RUNTIME
                                    .matcher(file.getFileName().toString())
                                    .matches())
                            .min(Comparator.naturalOrder());
                    if (runtime.isPresent()) {
                        return runtime.get();
                    }
                }
            }
        }
        return null;
    }

    /** DJL looks for {@code libcudart.so} and heeds neither a number behind nor the hash that packers write into the name. */
    private static void link(Path runtime) throws IOException {
        Path links = Files.createTempDirectory("arena-cuda-");
        Path link = links.resolve("libcudart.so");
        // The last that is told is deleted first.
        links.toFile().deleteOnExit();
        link.toFile().deleteOnExit();
        Files.createSymbolicLink(link, runtime.toAbsolutePath());
        System.setProperty("jna.library.path", links.toString());
    }
}
