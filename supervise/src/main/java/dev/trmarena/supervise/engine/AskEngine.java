package dev.trmarena.supervise.engine;

import dev.trmarena.limits.Printable;
import dev.trmarena.messages.Json;
import dev.trmarena.supervise.OwnEnvironment;
import dev.trmarena.supervise.ProcessFolder;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Has a process of its own load the engine and say what it sees: what is wrong with libraries, up to a crash inside them, is known before
 * anything that needs them starts.
 */
public final class AskEngine {
    /** The program of the solver's module that answers. */
    private static final String PROGRAM = "dev.trmarena.solver.ReportEngine";

    /** Gigabytes from a slow disk. */
    private static final long LOADING_SECONDS = 300;

    /** And over a slow line. */
    private static final long FETCHING_SECONDS = 4 * 3600;

    private static final Path DJL_CACHE = Path.of(System.getProperty("user.home"), ".djl.ai");

    private final List<Path> classPath;

    /** @param classPath of a solver: jars and folders */
    public AskEngine(List<Path> classPath) {
        this.classPath = List.copyOf(classPath);
    }

    /** With the class path of this process, which is a solver's. */
    public static AskEngine ofThisClassPath() {
        return new AskEngine(Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList());
    }

    /**
     * @param libtorch null for that of the build
     * @throws BadLibtorch when it cannot be loaded
     */
    public EngineReport report(@Nullable Libtorch libtorch) throws IOException, InterruptedException {
        var environment = libtorch == null
                ? Map.<String, String>of()
                : Map.of(Libtorch.SETTING, libtorch.folder().toString());
        return answer(
                classPath,
                List.of("-Dai.djl.offline=true"),
                environment,
                LOADING_SECONDS,
                libtorch == null ? null : libtorch.folder().toString());
    }

    /**
     * DJL's CUDA build, out of its cache or, once and for all, from its site. No other process is allowed to fetch anything.
     *
     * @throws BadLibtorch when it can be had from neither
     */
    public Libtorch fetched() throws IOException, InterruptedException {
        Path cached = cached();
        if (!Files.exists(cached.resolve(System.mapLibraryName("torch")))) {
            System.err.println("fetching the CUDA build of libtorch " + PackedEngine.pytorch()
                    + " (some gigabytes, once; it stays in " + cached + ")");
            // The packed CPU build would be taken before anything is fetched.
            var without = classPath.stream()
                    .filter(path -> !path.getFileName().toString().startsWith("pytorch-native-"))
                    .toList();
            answer(
                    without,
                    List.of("-Dai.djl.offline=false", "-DPYTORCH_FLAVOR=" + PackedEngine.cuda()),
                    Map.of(),
                    FETCHING_SECONDS,
                    cached.toString());
        }
        return Libtorch.in(cached);
    }

    /** Where DJL keeps the CUDA build that it fetched. */
    static Path cached() {
        String said = System.getenv("ENGINE_CACHE_DIR");
        String djl = System.getenv("DJL_CACHE_DIR");
        Path cache = said != null && !said.isBlank()
                ? Path.of(said)
                : djl != null && !djl.isBlank() ? Path.of(djl) : DJL_CACHE;
        return cache.resolve("pytorch")
                .resolve(PackedEngine.pytorch() + "-" + PackedEngine.cuda() + "-" + PackedEngine.platform());
    }

    private EngineReport answer(
            List<Path> jars, List<String> flags, Map<String, String> environment, long seconds, @Nullable String file)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m", "-XX:-CreateCoredumpOnCrash"));
        command.add("-XX:ErrorFile=/dev/null");
        Path temporary = Files.createTempDirectory("arena-engine-");
        command.add("-Djava.io.tmpdir=" + temporary);
        command.addAll(flags);
        command.add("-cp");
        command.add(String.join(
                File.pathSeparator, jars.stream().map(Path::toString).toList()));
        command.add(PROGRAM);
        Path said = temporary.resolve("said.json");
        Path words = temporary.resolve("words.log");
        try {
            var builder =
                    new ProcessBuilder(command).redirectOutput(said.toFile()).redirectError(words.toFile());
            OwnEnvironment.leave(builder.environment());
            builder.environment().remove(Libtorch.SETTING);
            builder.environment().putAll(environment);
            Process process = builder.start();
            var end = new Thread(process::destroyForcibly, "end of the engine's process");
            Runtime.getRuntime().addShutdownHook(end);
            boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            Runtime.getRuntime().removeShutdownHook(end);
            if (!ended || process.exitValue() != 0) {
                throw new BadLibtorch(
                        file,
                        ended
                                ? "libtorch cannot be loaded: " + reason(words, process.exitValue())
                                : "libtorch was not loaded within " + seconds + " seconds",
                        remedy(environment.isEmpty()));
            }
            return Json.read(Files.readAllBytes(said), EngineReport.class);
        } finally {
            ProcessFolder.delete(temporary);
        }
    }

    private static String remedy(boolean packed) {
        return packed
                ? "./arena doctor says what this machine has; --libtorch DIR takes libraries that lie here already"
                : "install libtorch " + PackedEngine.pytorch()
                        + " anew, with all that it needs, or leave the option out";
    }

    /** The program's own words; those of the dynamic linker name the file. */
    private static String reason(Path words, int exit) throws IOException {
        String last = "";
        try (var reader = Files.newBufferedReader(words, StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith(REASON)) {
                    return Printable.line(line.substring(REASON.length()));
                }
                last = line.isBlank() ? last : line;
            }
        } catch (java.nio.charset.MalformedInputException e) {
            last = "what it printed cannot be read";
        }
        return "its process ended with status " + exit + (last.isEmpty() ? "" : ": " + Printable.line(last));
    }

    /** With this begins the line in which {@code ReportEngine} says why there is no engine. */
    public static final String REASON = "no engine: ";
}
