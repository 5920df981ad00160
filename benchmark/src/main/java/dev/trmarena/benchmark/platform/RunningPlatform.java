package dev.trmarena.benchmark.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A platform of its own, started and used by the command line as anybody would, on a data folder that is deleted afterwards. */
public final class RunningPlatform implements AutoCloseable {
    private static final String READY = "ready http";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path project;
    private final Path data;
    private final Process launcher;
    private final String url;
    private final StringBuilder said = new StringBuilder();
    private final HttpClient http = HttpClient.newHttpClient();

    /**
     * @param project the folder of the project, built
     * @param settings of the services, like {@code ARENA_PLAN_UNIT_EXAMPLES}
     * @param options of {@code ./arena up}
     */
    public RunningPlatform(Path project, Map<String, String> settings, String... options) throws IOException {
        this.project = project;
        this.data = Files.createTempDirectory("arena-benchmark");
        List<String> command = new ArrayList<>(List.of("up", "--data", data.toString(), "--port", "0", "--no-demo"));
        command.addAll(List.of(options));
        ProcessBuilder builder = arena(command);
        builder.environment().putAll(settings);
        this.launcher = builder.start();
        this.url = readUntilReady();
    }

    private String readUntilReady() throws IOException {
        BufferedReader reader = launcher.inputReader();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            int at = line.indexOf(READY);
            if (at >= 0) {
                drain(reader);
                return line.substring(at + "ready ".length()).strip();
            }
            said.append(line).append('\n');
        }
        throw new IOException("the platform did not become ready:\n" + said);
    }

    /** A pipe that nobody reads stops who writes. */
    private static void drain(BufferedReader reader) {
        var drain = new Thread(() -> reader.lines().forEach(line -> {}), "launcher output");
        drain.setDaemon(true);
        drain.start();
    }

    /** Where it is asked, without a slash at its end. */
    public URI url() {
        return URI.create(url);
    }

    /** Its process whose command line has this in it, now. */
    public ProcessHandle process(String part) {
        return launcher.toHandle()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains(part))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no process of the platform has " + part));
    }

    /** Its data folder. */
    public Path data() {
        return data;
    }

    /** What an option of {@code ./arena solver} has to be for it to join, {@code --bootstrap} for one. */
    public String invited(String option) {
        Matcher matcher = Pattern.compile(Pattern.quote(option) + " (\\S+)").matcher(said);
        if (!matcher.find()) {
            throw new IllegalStateException("the platform did not say " + option + ":\n" + said);
        }
        return matcher.group(1);
    }

    private ProcessBuilder arena(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(project.resolve("arena").toString()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("ARENA_BUILD", "never");
        return builder;
    }

    /** Runs one command of the command line against it. @return what it printed */
    public String run(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", url));
        Process process = arena(all).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("./arena " + String.join(" ", arguments) + " failed:\n" + out);
        }
        return out;
    }

    /** A compact set whose evaluation tasks are asked. @param subsets of the raw tasks, separated by commas */
    public void buildArc(String name, Path raw, String subsets, int augmentations)
            throws IOException, InterruptedException {
        run(
                "puzzles",
                "build",
                "--from",
                raw.toString(),
                "--subsets",
                subsets,
                "--test-set",
                "evaluation",
                "--augmentations",
                String.valueOf(augmentations),
                "--compact",
                "--name",
                name);
    }

    public JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path)).build();
        var answer = http.send(request, BodyHandlers.ofByteArray());
        JsonNode json = JSON.readTree(answer.body());
        if (answer.statusCode() != 200) {
            throw new IOException(request.uri() + " answered " + answer.statusCode() + ": " + json);
        }
        return json;
    }

    /** @param headers names and values in turn @return what it answered, if that was a success */
    public JsonNode post(String path, HttpRequest.BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .headers(headers)
                .POST(body)
                .build();
        var answer = http.send(request, BodyHandlers.ofByteArray());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(request.uri() + " answered " + answer.statusCode() + ": "
                    + new String(answer.body(), StandardCharsets.UTF_8));
        }
        return JSON.readTree(answer.body());
    }

    /**
     * Sends a file straight from the disk, with as little work as a client can do on the machine that is measured.
     *
     * @param head lines of the request behind the first, without the length
     */
    public JsonNode post(String path, Path file, String head) throws IOException {
        URI address = URI.create(url);
        try (var socket = SocketChannel.open(new InetSocketAddress(address.getHost(), address.getPort()));
                var content = FileChannel.open(file, StandardOpenOption.READ)) {
            String request = "POST " + path + " HTTP/1.1\r\nHost: " + address.getAuthority()
                    + "\r\nConnection: close\r\n" + head + "Content-Length: " + content.size() + "\r\n\r\n";
            socket.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            for (long sent = 0; sent < content.size(); ) {
                sent += content.transferTo(sent, content.size() - sent, socket);
            }
            String answer = new String(Channels.newInputStream(socket).readAllBytes(), StandardCharsets.UTF_8);
            if (!answer.startsWith("HTTP/1.1 201")) {
                throw new IOException(path + " answered " + answer);
            }
            return JSON.readTree(answer.substring(answer.indexOf('{'), answer.lastIndexOf('}') + 1));
        }
    }

    @Override
    public void close() throws IOException {
        // By its handle: ending the process itself closes the pipe that is being read.
        launcher.toHandle().destroy();
        try {
            launcher.waitFor(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (var files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
