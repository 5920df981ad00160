package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** Dockerfile and compose file beside what the build makes and what the services read. No container is started here. */
@OnNoPlatform
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TheContainersMatchTheBuild {
    private static final List<String> RUN_ONCE = List.of("topics", "owner");

    private static final Pattern FROM = Pattern.compile("^FROM (\\S+)(?: AS (\\S+))?$", Pattern.MULTILINE);
    private static final Pattern COPIED = Pattern.compile("^COPY --from=build /src/(\\S+)", Pattern.MULTILINE);

    /** Whose sources may read the variables of a service. */
    private static final Map<String, List<String>> SOURCES = Map.of(
            "ingest", List.of("ingest", "http", "traces"),
            "leaderboard-api", List.of("leaderboard-api", "http", "traces"),
            "solver", List.of("solver-worker", "supervise", "traces"));

    private final String dockerfile;
    private final Map<String, Map<String, Object>> services;

    @SuppressWarnings("unchecked")
    TheContainersMatchTheBuild() throws IOException {
        dockerfile = Project.text("images/Dockerfile");
        Map<String, Object> compose = new Yaml().load(Project.text("docker-compose.yml"));
        services = (Map<String, Map<String, Object>>) Objects.requireNonNull(compose.get("services"));
    }

    @Test
    void versions_are_those_of_the_build() throws IOException {
        String pom = Project.text("pom.xml");
        String node = Project.only("^FROM node:(\\d+\\.\\d+\\.\\d+)-", dockerfile);
        assertThat(Needs.suits(node))
                .as("Node " + node + " for " + Needs.nodeRange())
                .isTrue();
        assertThat(Project.only("openjdk-(\\d+)-j[dr][ke]-headless", dockerfile))
                .as("what is compiled for is what runs it")
                .isEqualTo(Project.only("<maven.compiler.release>(\\d+)<", pom));
        assertThat(Project.only("^FROM (?:debian|node):\\S*(bookworm)", dockerfile))
                .as("built on the Debian that it runs on, whose package is Java 17")
                .isNotEmpty();
        assertThat(Project.root()
                        .resolve("launcher/target/lib/kafka_2.13-" + Project.only("<kafka.version>([^<]+)<", pom)
                                + ".jar"))
                .as("the broker of the image is that of the build")
                .exists();
        assertThat(Project.only("<postgres.binaries.version>([^<]+)<", pom))
                .isEqualTo(Project.only("^postgres:(\\d+\\.\\d+)-", image("postgres")) + ".0");
        assertThat(Project.only("LIBTORCH=torch==(\\d\\S+)", dockerfile))
                .isEqualTo(Project.only("<pytorch.version>([^<]+)<", pom));
    }

    @Test
    void every_base_image_is_named_to_the_byte() {
        var stages = FROM.matcher(dockerfile).results().toList();
        List<String> own = stages.stream().map(stage -> stage.group(2)).toList();
        Stream.concat(
                        stages.stream().map(stage -> stage.group(1)).filter(from -> !own.contains(from)),
                        services.values().stream()
                                .filter(service -> service.containsKey("image"))
                                .map(service -> (String) service.get("image")))
                .forEach(image -> assertThat(image)
                        .matches("[\\w./-]+:(v?\\d+\\.\\d+[\\w.-]*|bookworm-\\d{8}-slim)@sha256:[0-9a-f]{64}"));
    }

    @Test
    void what_is_copied_is_what_the_build_leaves() throws IOException {
        List<String> modules = Project.modules();
        for (MatchResult copied : COPIED.matcher(dockerfile).results().toList()) {
            Path path = Path.of(copied.group(1));
            assertThat(modules).contains(path.getName(0).toString());
            Path folder = Project.root().resolve(path).getParent();
            PathMatcher name = FileSystems.getDefault().getPathMatcher("glob:" + path.getFileName());
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files.map(Path::getFileName).filter(name::matches))
                        .as(path + ", with everything packaged")
                        .isNotEmpty();
            }
        }
    }

    @Test
    void the_programs_are_those_that_the_launcher_starts() throws IOException {
        String programs = Project.text("launcher/src/main/java/dev/trmarena/arena/up/Programs.java");
        for (String main : List.of("quarkus-run.jar", "dev.trmarena.solver.SolverMain")) {
            assertThat(dockerfile).contains(main);
            assertThat(programs).contains(main);
        }
        assertThat(Project.text("arena")).contains("dev.trmarena.arena.command.Arena");
        assertThat(dockerfile).contains("dev.trmarena.arena.command.Arena");
        assertThat(programs).contains("KafkaProgram.class");
        for (String flag : List.of("-Xms64m", "-Xmx256m", "-XX:+ExitOnOutOfMemoryError", "HH:mm:ss.SSS")) {
            assertThat(stage("kafka")).contains(flag);
            assertThat(programs).contains(flag);
        }
    }

    @Test
    void every_target_is_a_stage() {
        List<String> stages =
                FROM.matcher(dockerfile).results().map(stage -> stage.group(2)).toList();
        services.forEach((name, service) -> {
            if (service.get("build") instanceof Map<?, ?> build) {
                assertThat(build.get("dockerfile")).isEqualTo("images/Dockerfile");
                assertThat(stages).as(name).contains(String.valueOf(build.get("target")));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingest", "leaderboard-api", "solver"})
    void a_service_is_given_what_it_needs_and_reads_what_it_is_given(String service) throws IOException {
        var read = new TreeSet<String>();
        var needed = new TreeSet<String>();
        for (String file : Project.javaSources("main")) {
            if (sources(service).contains(file.split("/")[0])) {
                settings(Project.text(file), read, needed);
            }
        }
        Path properties = Project.root().resolve(service + "/src/main/resources/application.properties");
        if (Files.exists(properties)) {
            String text = Files.readString(properties);
            Pattern.compile("\\$\\{(ARENA_\\w+)(:?)").matcher(text).results().forEach(one -> {
                read.add(one.group(1));
                if (one.group(2).isEmpty()) {
                    needed.add(one.group(1));
                }
            });
            // What the service says of itself need not be said to it.
            needed.removeIf(name -> Pattern.compile(
                            "^" + name.toLowerCase(Locale.ROOT).replace('_', '.') + "=", Pattern.MULTILINE)
                    .matcher(text)
                    .find());
        }
        var given = new TreeMap<String, String>();
        Pattern.compile("\\b(ARENA_\\w+)=(\\S+)")
                .matcher(stage("base") + stage(service))
                .results()
                .forEach(one -> given.put(one.group(1), one.group(2)));
        given.putAll(environment(service));
        assertThat(given.keySet()).filteredOn(name -> name.startsWith("ARENA_")).isSubsetOf(read);
        assertThat(given.keySet())
                .filteredOn(name -> !name.startsWith("ARENA_"))
                .isSubsetOf(
                        "QUARKUS_HTTP_HOST", "QUARKUS_HTTP_PORT", "QUARKUS_MANAGEMENT_HOST", "QUARKUS_MANAGEMENT_PORT");
        assertThat(given.keySet()).containsAll(needed);
    }

    /** What a source reads from its surroundings; needed is what has neither a default nor may be missing. */
    private static void settings(String source, TreeSet<String> read, TreeSet<String> needed) {
        Pattern.compile("\"(ARENA_\\w+)\"").matcher(source).results().forEach(one -> read.add(one.group(1)));
        Pattern.compile("required\\(\"(ARENA_\\w+)\"\\)")
                .matcher(source)
                .results()
                .forEach(one -> needed.add(one.group(1)));
        Pattern.compile("@ConfigProperty\\(\\s*name = \"(arena\\.[\\w.-]+)\"(, defaultValue)?[^)]*\\)\\s*(\\w+)")
                .matcher(source)
                .results()
                .forEach(one -> {
                    String name = one.group(1).toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
                    read.add(name);
                    if (one.group(2) == null && !one.group(3).equals("Optional")) {
                        needed.add(name);
                    }
                });
    }

    @Test
    void ports_and_addresses_agree() throws IOException {
        for (String service : List.of("ingest", "leaderboard-api")) {
            String port = environment(service).get("QUARKUS_HTTP_PORT");
            String management = environment(service).get("QUARKUS_MANAGEMENT_PORT");
            assertThat(stage(service)).contains("EXPOSE " + port + " " + management);
            assertThat(Project.text(service + "/src/main/resources/application.properties"))
                    .contains("quarkus.http.port=" + port)
                    .contains("quarkus.management.port=" + management);
            assertThat(Arrays.asList(environment(service)
                            .getOrDefault("ARENA_HTTP_HOSTS", "")
                            .split(",")))
                    .as("what it is called on the inner network")
                    .contains(service);
        }
        URI ingest = URI.create(environment("leaderboard-api").get("ARENA_INGEST_URL"));
        assertThat(services).containsKey(ingest.getHost());
        assertThat(String.valueOf(ingest.getPort()))
                .isEqualTo(environment("ingest").get("QUARKUS_HTTP_PORT"));
        assertThat(service("leaderboard-api").get("ports"))
                .isEqualTo(List.of(
                        "127.0.0.1:8080:" + environment("leaderboard-api").get("QUARKUS_HTTP_PORT")));
        String observed = Project.text("images/prometheus.yml");
        assertThat(observed)
                .contains("ingest:" + environment("ingest").get("QUARKUS_MANAGEMENT_PORT"))
                .contains("leaderboard-api:" + environment("leaderboard-api").get("QUARKUS_MANAGEMENT_PORT"))
                .contains("port: " + environment("solver").get("ARENA_HEALTH_PORT"));
        for (String service : SOURCES.keySet()) {
            assertThat(environment(service).get("ARENA_KAFKA")).isEqualTo("kafka:9092");
            assertThat(stage("kafka")).contains("\"kafka:9092\"").contains("EXPOSE 9092");
        }
    }

    @Test
    void no_log_of_a_service_fills_the_disk() {
        services.forEach((name, service) -> {
            Object logging = part(service, "logging");
            assertThat(part(logging, "driver")).as(name).isEqualTo("local");
            assertThat((String) part(part(logging, "options"), "max-size"))
                    .as(name)
                    .matches("[1-9]\\d?m");
            assertThat((String) part(part(logging, "options"), "max-file"))
                    .as(name)
                    .matches("[2-9]");
        });
    }

    @Test
    void nor_do_the_figures_of_prometheus() {
        assertThat((List<?>) service("prometheus").get("command"))
                .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                .contains("--storage.tsdb.retention.time=15d", "--storage.tsdb.retention.size=2GB")
                .as("where it is mounted")
                .contains("--storage.tsdb.path=/prometheus", "--config.file=/etc/prometheus/prometheus.yml");
    }

    @Test
    void every_service_that_stays_has_a_health_check() {
        services.forEach((name, service) ->
                assertThat(service.containsKey("healthcheck")).as(name).isNotEqualTo(RUN_ONCE.contains(name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingest", "leaderboard-api", "solver"})
    void a_health_check_asks_where_the_service_answers(String service) throws IOException {
        List<?> test = (List<?>) part(part(service(service), "healthcheck"), "test");
        String port = environment(service)
                .getOrDefault("QUARKUS_MANAGEMENT_PORT", environment(service).get("ARENA_HEALTH_PORT"));
        assertThat(test.subList(0, 5)).isEqualTo(List.of("CMD", "live", "3", "healthy", port));
        String path = (String) test.get(5);
        if (service.equals("solver")) {
            assertThat(Project.text("solver-worker/src/main/java/dev/trmarena/solver/work/Health.java"))
                    .contains("\"" + path + "\"");
        } else {
            assertThat(path).as("what a restart mends").isEqualTo("/q/health/live");
            assertThat(Project.text(service + "/pom.xml")).contains("quarkus-smallrye-health");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingest", "leaderboard-api", "solver", "kafka", "postgres"})
    void what_does_not_get_on_ends_and_is_started_again(String name) {
        Map<?, ?> service = service(name);
        assertThat(service.get("restart")).isEqualTo("unless-stopped");
        assertThat(service.get("init")).as("whom images/live leaves alone").isEqualTo(true);
        assertThat(((List<?>) part(part(service, "healthcheck"), "test")).get(1))
                .asString()
                .startsWith("live");
        assertThat(dockerfile).contains("images/live /usr/local/bin/");
    }

    @Test
    void the_health_check_tells_an_answer_from_a_refusal_and_from_silence() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/up", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.createContext("/down", exchange -> {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        server.start();
        int port = server.getAddress().getPort();
        assertThat(healthy(port, "/up")).isZero();
        assertThat(healthy(port, "/down")).isEqualTo(1);
        assertThat(healthy(port, "/nowhere")).isEqualTo(1);
        server.stop(0);
        assertThat(healthy(port, "/up")).isEqualTo(1);
    }

    private static int healthy(int port, String path) throws Exception {
        Process process = new ProcessBuilder(
                        Project.root().resolve("images/healthy").toString(), String.valueOf(port), path)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private String stage(String name) {
        return stage(dockerfile, name);
    }

    /** The lines of one stage. */
    static String stage(String dockerfile, String name) {
        int begin = dockerfile.indexOf(" AS " + name + "\n");
        int end = dockerfile.indexOf("\nFROM ", begin);
        return dockerfile.substring(begin, end < 0 ? dockerfile.length() : end);
    }

    private static List<String> sources(String service) {
        return Objects.requireNonNull(SOURCES.get(service));
    }

    private Map<String, Object> service(String name) {
        return Objects.requireNonNull(services.get(name), name);
    }

    /** What a map of the compose file has under this name. */
    private static Object part(Object map, String name) {
        return Objects.requireNonNull(((Map<?, ?>) map).get(name), name);
    }

    private String image(String service) {
        return (String) part(service(service), "image");
    }

    private Map<String, String> environment(String service) {
        var all = new TreeMap<String, String>();
        ((Map<?, ?>) part(service(service), "environment"))
                .forEach((name, value) -> all.put((String) name, String.valueOf(value)));
        return all;
    }
}
