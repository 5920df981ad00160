package dev.trmarena.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/** A running {@code ./arena up} on a data folder and a free port of its own. */
final class Platform implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(4);

    /** Starting takes all that a small machine has: one at a time. */
    private static final Object STARTING = new Object();

    private final Process launcher;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final String url;
    private final Path data;

    private Platform(Process launcher, Path data) throws IOException, InterruptedException {
        this.launcher = launcher;
        this.data = data;
        var ready = new CompletableFuture<String>();
        var reader = new Thread(() -> readUntilReady(ready), "launcher output");
        reader.setDaemon(true);
        reader.start();
        try {
            this.url = ready.get(START.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            launcher.destroy();
            throw new IOException("the platform on " + data + " did not become ready:\n" + String.join("\n", lines), e);
        }
    }

    /** Starts {@code ./arena up} and waits for its {@code ready} line. */
    static Platform up(Path data, String... options) throws IOException, InterruptedException {
        return up(data, Map.of(), options);
    }

    /** @param environment settings of the services, like {@code ARENA_PLAN_UNIT_EXAMPLES}, and of the JVMs */
    static Platform up(Path data, Map<String, String> environment, String... options)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("up", "--data", data.toString(), "--port", "0"));
        command.addAll(List.of(options));
        synchronized (STARTING) {
            keepClasses();
            return new Platform(Arena.start(command, with(environment), true), data);
        }
    }

    /** Most tests of ARC are about something else than the demonstrations before it, which would be half of the work. */
    private static Map<String, String> with(Map<String, String> environment) {
        var settings = new HashMap<>(environment);
        settings.putIfAbsent("ARENA_PLAN_CANARY_EXAMPLES", "4");
        return settings;
    }

    /**
     * The first platform of a build that is stopped in order keeps the classes of its programs for quicker starts. So one is
     * started for that alone, before those whose processes are started again and again.
     */
    private static void keepClasses() throws IOException, InterruptedException {
        // The launcher's own is made last; one of the commands' alone lies there before any platform was started.
        Path last = project().resolve("target/class-archives/up-" + System.getProperty("java.version") + ".jsa");
        if (Files.exists(last) && isNewerThanThePrograms(last)) {
            return;
        }
        Path data = Files.createTempDirectory("arena-classes");
        Files.createFile(data.resolve("arena.lock"));
        var command = List.of("up", "--data", data.toString(), "--port", "0", "--no-demo");
        try (var platform = new Platform(Arena.start(command, Map.of(), true), data)) {
            platform.launcher.destroy();
            platform.launcher.waitFor(90, TimeUnit.SECONDS);
        } finally {
            FileUtils.deleteDirectory(data.toFile());
        }
    }

    private static boolean isNewerThanThePrograms(Path archive) throws IOException {
        FileTime made = Files.getLastModifiedTime(archive);
        for (String program : List.of(
                "launcher/target/lib",
                "solver-worker/target/lib",
                "ingest/target/quarkus-app",
                "leaderboard-api/target/quarkus-app")) {
            try (Stream<Path> files = Files.walk(project().resolve(program))) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    if (Files.getLastModifiedTime(file).compareTo(made) > 0) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private void readUntilReady(CompletableFuture<String> ready) {
        try (BufferedReader reader = launcher.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
                int at = line.indexOf("ready http");
                if (at >= 0) {
                    ready.complete(line.substring(at + "ready ".length()).trim());
                }
            }
            ready.completeExceptionally(new IOException("the launcher ended"));
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
    }

    String url() {
        return url;
    }

    /** Where leaderboard-api tells how it is doing. */
    String management() {
        return management("leaderboard-api");
    }

    /** Where this service tells how it is doing. */
    String management(String service) {
        Pattern told = Pattern.compile(service + " (http://[\\w.]+:\\d+)/q/health");
        return lines.stream()
                .map(told::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("not told:\n" + String.join("\n", lines)));
    }

    /** The data folder, as it was given to {@code --data}. */
    Path data() {
        return data;
    }

    /** What the launcher printed so far. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    ProcessHandle launcher() {
        return launcher.toHandle();
    }

    /** Runs one command of the command line against this platform. */
    Arena.Result run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(arguments));
        command.add("--url");
        command.add(url);
        return Arena.run(command);
    }

    @Override
    public void close() throws IOException {
        launcher.destroy();
        try {
            if (!launcher.waitFor(30, TimeUnit.SECONDS)) {
                launcher.destroyForcibly();
                throw new IOException("the launcher did not end within 30 s of SIGTERM:\n" + String.join("\n", lines));
            }
        } catch (InterruptedException e) {
            launcher.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    static Path project() {
        return Project.root();
    }
}
