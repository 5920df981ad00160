package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/**
 * The broker of the containers without a container: the command of its image, its environment and nothing else, the topics as their
 * service makes them, and its health check. Only ports and the folder of its volume are others, and it listens on the loopback
 * address.
 */
@OnNoPlatform
@Timeout(240)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TheContainersBrokerServes {
    private static final String VOLUME = "/var/lib/arena/kafka";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final String dockerfile;
    private final Map<String, Map<String, Object>> services;
    private Path workFolder;
    private String address;
    private String controllerPort;
    private @Nullable Process broker;

    @SuppressWarnings("unchecked")
    TheContainersBrokerServes() throws IOException {
        dockerfile = Project.text("images/Dockerfile").replace("\\\n", " ");
        Map<String, Object> compose = new Yaml().load(Project.text("docker-compose.yml"));
        services = (Map<String, Map<String, Object>>) Objects.requireNonNull(compose.get("services"));
    }

    /** What the image of the launcher copies into its folder. */
    @BeforeEach
    void copy_the_jars() throws IOException {
        workFolder = folder.resolve("opt");
        Path lib = Files.createDirectories(workFolder.resolve("lib"));
        assertThat(stage("arena"))
                .contains("COPY --from=build /src/launcher/target/lib ./lib")
                .contains("COPY --from=build /src/launcher/target/arena-*.jar ./lib/");
        Path target = Project.root().resolve("launcher/target");
        try (Stream<Path> jars = Stream.concat(Files.list(target.resolve("lib")), Files.list(target))) {
            for (Path jar :
                    jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
                Files.createSymbolicLink(lib.resolve(jar.getFileName()), jar);
            }
        }
        try (var first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var second = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            address = "127.0.0.1:" + first.getLocalPort();
            controllerPort = String.valueOf(second.getLocalPort());
        }
    }

    @AfterEach
    void end() {
        if (broker != null) {
            broker.destroyForcibly();
        }
    }

    @Test
    void by_its_images_own_command() throws Exception {
        assertThat(service("kafka").get("volumes")).isEqualTo(List.of("broker:" + VOLUME));
        start();
        awaitWell();
        Path topics = folder.resolve("topics");
        assertThat(run(topics, here(command("topics"))))
                .as(Files.readString(topics))
                .isZero();
        assertThat(topics).content().contains("arena.work", "arena.outcomes");

        signal("STOP");
        assertThat(healthCheck()).as("of one that hangs").isEqualTo(1);
        signal("CONT");
        awaitWell();

        broker().destroy();
        assertThat(broker().waitFor(30, TimeUnit.SECONDS))
                .as("ends when it is told")
                .isTrue();
        assertThat(healthCheck()).as("of one that is gone").isEqualTo(1);

        start();
        awaitWell();
        assertThat(Files.list(folder.resolve("volume"))
                        .map(file -> file.getFileName().toString()))
                .as("what it had is still there")
                .contains("meta.properties", "arena.work-0");
    }

    private void start() throws IOException {
        Path log = folder.resolve("broker.log");
        broker = process(log, here(command("kafka")));
    }

    private Process broker() {
        return Objects.requireNonNull(broker);
    }

    private Map<String, Object> service(String name) {
        return Objects.requireNonNull(services.get(name), name);
    }

    private static Object part(Object map, String name) {
        return Objects.requireNonNull(((Map<?, ?>) map).get(name), name);
    }

    private void awaitWell() {
        await("the broker is well").atMost(PATIENCE).until(() -> {
            assertThat(broker().isAlive())
                    .as(Files.readString(folder.resolve("broker.log")))
                    .isTrue();
            return healthCheck() == 0;
        });
    }

    /** What is asked below {@code live}, which is tested by itself. */
    private int healthCheck() throws IOException, InterruptedException {
        List<String> test = words(part(part(service("kafka"), "healthcheck"), "test"));
        assertThat(test.subList(0, 3)).isEqualTo(List.of("CMD", "live", "5"));
        return run(folder.resolve("health.log"), here(test.subList(3, test.size())));
    }

    private int run(Path log, List<String> command) throws IOException, InterruptedException {
        Process process = process(log, command);
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as(String.join(" ", command))
                .isTrue();
        return process.exitValue();
    }

    private Process process(Path log, List<String> command) throws IOException {
        var builder = new ProcessBuilder(command)
                .directory(workFolder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment());
        builder.environment().put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + folder);
        return builder.start();
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(broker().pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    /** The command of a service: that of its image, and what the compose file adds to it or the image says itself. */
    private List<String> command(String service) {
        Object target = part(part(service(service), "build"), "target");
        var command = new ArrayList<>(instruction("ENTRYPOINT", stage(String.valueOf(target))));
        Object own = service(service).get("command");
        command.addAll(own == null ? instruction("CMD", stage(String.valueOf(target))) : words(own));
        return command;
    }

    /** The same on this machine. */
    private List<String> here(List<String> command) {
        return command.stream()
                .map(word -> switch (word) {
                    case "java" ->
                        Path.of(System.getProperty("java.home"), "bin", "java").toString();
                    case VOLUME -> folder.resolve("volume").toString();
                    case "9093" -> controllerPort;
                    case "0.0.0.0:9092", "kafka:9092", "localhost:9092" -> address;
                    default -> word;
                })
                .toList();
    }

    private Map<String, String> environment() {
        var all = new TreeMap<String, String>();
        Pattern.compile("(\\w+)=(\\S+)")
                .matcher(Project.only("^ENV (.*)$", stage("base")))
                .results()
                .forEach(one -> all.put(one.group(1), one.group(2)));
        assertThat(service("kafka")).doesNotContainKey("environment");
        return all;
    }

    private String stage(String name) {
        int begin = dockerfile.indexOf(" AS " + name + "\n");
        int end = dockerfile.indexOf("\nFROM ", begin);
        return dockerfile.substring(begin, end < 0 ? dockerfile.length() : end);
    }

    private static List<String> instruction(String name, String stage) {
        return words(new Yaml().load(Project.only("^" + name + " (\\[.*])$", stage)));
    }

    private static List<String> words(Object list) {
        return ((List<?>) list).stream().map(String::valueOf).toList();
    }
}
