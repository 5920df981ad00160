package dev.trmarena.arena.up;

import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.arena.kafka.KafkaProgram;
import dev.trmarena.arena.postgres.PostgresCluster;
import dev.trmarena.supervise.OwnEnvironment;
import dev.trmarena.supervise.ProcessFolder;
import dev.trmarena.supervise.SolverEndPublisher;
import dev.trmarena.supervise.WatchedSolver;
import dev.trmarena.supervise.engine.Libtorch;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How each process of the platform is started: the same jars and environment as in the compose file, in small JVMs. */
final class Programs {
    /** These serve little and start often: the optimising compiler would cost more start-up time than it ever gives back. */
    private static final List<String> SMALL_JVM =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError", "-Xshare:auto");

    private static final String EXIT_WITH_PARENT = "ARENA_EXIT_WITH_PARENT";

    private final Path project;
    private final DataFolder data;

    /** With the optimising compiler: it hashes and copies gigabytes, ten times as fast with the processor's own instructions. */
    private static final List<String> COPYING_JVM =
            List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-Xshare:auto");

    /** @param project the folder of the project, with its modules built */
    Programs(Path project, DataFolder data) {
        this.project = project;
        this.data = data;
    }

    ChildSpec kafka(int port, int controllerPort) {
        String classPath = System.getProperty("java.class.path");
        var jars = Stream.of(classPath.split(File.pathSeparator)).map(Path::of).toList();
        var command = java(
                SMALL_JVM,
                new ClassArchive(project, "kafka", jars),
                temporary("kafka"),
                "-Xms64m",
                "-Xmx256m",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSS",
                "-cp",
                classPath,
                KafkaProgram.class.getName(),
                data.kafka().toString(),
                String.valueOf(controllerPort),
                "127.0.0.1:" + port,
                "127.0.0.1:" + port);
        return spec("kafka", command, Map.of(EXIT_WITH_PARENT, "true"), ChildSpec.Witness.NOBODY);
    }

    ChildSpec postgres(PostgresCluster cluster, int port) {
        return new ChildSpec(
                "postgres",
                cluster.command(port),
                Map.of(),
                log("postgres"),
                () -> PostgresCluster.freeFolder(data.postgres()),
                ChildSpec.Witness.NOBODY);
    }

    ChildSpec ingest(Backing backing, int port, int managementPort) throws IOException {
        var environment = backing.service();
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        environment.put("QUARKUS_MANAGEMENT_PORT", String.valueOf(managementPort));
        // It is asked by leaderboard-api alone, which has looked at the way by which a request came.
        environment.put("ARENA_HTTP_PROXIES", "127.0.0.1");
        String token = System.getenv(OwnEnvironment.HUB_TOKEN);
        if (token != null) {
            environment.put(OwnEnvironment.HUB_TOKEN, token);
        }
        return quarkus("ingest", COPYING_JVM, "-Xmx256m", environment);
    }

    /** @param name that people on this machine call it by */
    ChildSpec leaderboardApi(Backing backing, String address, String name, int port, int managementPort, int ingestPort)
            throws IOException {
        var environment = backing.service();
        environment.put("QUARKUS_HTTP_HOST", address);
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        environment.put("QUARKUS_MANAGEMENT_PORT", String.valueOf(managementPort));
        environment.put("ARENA_LOGS", data.logs().toString());
        environment.put("ARENA_INGEST_URL", "http://127.0.0.1:" + ingestPort);
        environment.put("ARENA_HTTP_HOSTS", hosts(name));
        // It holds the results of a whole set while it counts.
        return quarkus("leaderboard-api", COPYING_JVM, "-Xmx512m", environment);
    }

    /** By these, and by those that the user names, the page may be asked. */
    private static String hosts(String name) {
        String named = System.getenv("ARENA_HTTP_HOSTS");
        return named == null || named.isBlank() ? name : named + "," + name;
    }

    private ChildSpec quarkus(String name, List<String> jvm, String heap, Map<String, String> environment) {
        Path jar = built(project.resolve(name).resolve("target/quarkus-app/quarkus-run.jar"));
        // The other classes are loaded by Quarkus itself; no archive holds those.
        var archive = new ClassArchive(project, name, List.of(jar, jar.resolveSibling("lib/boot")));
        var command = java(jvm, archive, temporary(name), heap, "-jar", jar.toString());
        return spec(name, command, environment, ChildSpec.Witness.NOBODY);
    }

    /**
     * @param options how many solvers there are, and how many cores each may use
     * @param ends told when it ends
     */
    ChildSpec solver(Backing backing, int number, int healthPort, PlatformOptions options, SolverEndPublisher ends)
            throws IOException {
        String name = "solver-" + number;
        var environment = backing.messagesAndArtifacts();
        environment.put("ARENA_SOLVER_NAME", name);
        environment.put("ARENA_HEALTH_PORT", String.valueOf(healthPort));
        environment.putAll(options.device(number));
        var solver = new WatchedSolver(name, log(name), ends);
        return spec(
                name,
                solverCommand(project, temporary(name), data.logs().resolve(name + ".crash.log")),
                solverEnvironment(environment, options.threads(), options.libtorch()),
                new ChildSpec.Witness() {
                    @Override
                    public Map<String, String> starts() {
                        return solver.starts();
                    }

                    @Override
                    public void ended(int exitStatus) {
                        solver.ended(exitStatus);
                    }
                });
    }

    /**
     * @param temporary a folder that the solver has for itself
     * @param crash where the JVM writes its report when native code crashes; {@code %p} in it is the number of the process
     */
    static List<String> solverCommand(Path project, Path temporary, Path crash) throws IOException {
        Path target = project.resolve("solver-worker/target");
        Path jar = jarOf(target);
        Path libraries = built(target.resolve("lib"));
        return java(
                List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-XX:-CreateCoredumpOnCrash"),
                new ClassArchive(project, "solver", List.of(jar, libraries)),
                temporary,
                "-XX:ErrorFile=" + crash,
                "-Xmx" + heap(),
                "-Dai.djl.offline=true",
                "-cp",
                jar + File.pathSeparator + libraries + "/*",
                "dev.trmarena.solver.SolverMain");
    }

    /**
     * @param threads how many cores it may use
     * @param libtorch null for that of the build
     */
    static Map<String, String> solverEnvironment(
            Map<String, String> environment, int threads, @Nullable Libtorch libtorch) {
        if (libtorch != null) {
            environment.put(Libtorch.SETTING, libtorch.folder().toString());
        }
        environment.put("ARENA_SOLVER_THREADS", String.valueOf(threads));
        // Threads that wait by spinning would take the cores from the other processes.
        environment.put("OMP_WAIT_POLICY", "passive");
        environment.put("OPT_OUT_TRACKING", "true");
        return environment;
    }

    /** Of a solver: it holds a puzzle set and the answers to a unit; weights and states lie outside. */
    private static String heap() {
        String heap = System.getenv("ARENA_SOLVER_HEAP");
        if (heap == null || heap.isBlank()) {
            return "512m";
        }
        if (!heap.matches("[1-9][0-9]{0,8}[kKmMgG]")) {
            throw new ArenaProblem("ARENA_SOLVER_HEAP is " + heap, "a size as Java has it, like 512m or 2g");
        }
        return heap;
    }

    /** What a process that was killed left behind is gone before the next one of that name starts. */
    private ChildSpec spec(
            String name, List<String> command, Map<String, String> environment, ChildSpec.Witness witness) {
        Path own = temporary(name);
        return new ChildSpec(
                name,
                command,
                environment,
                log(name),
                () -> {
                    ProcessFolder.delete(own);
                    Files.createDirectories(own);
                },
                witness);
    }

    private Path temporary(String name) {
        return data.temporary().resolve(name);
    }

    private Path log(String name) {
        return data.logs().resolve(name + ".log");
    }

    private static List<String> java(List<String> flags, ClassArchive archive, Path temporary, String... rest) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(archive.flags());
        command.add("-Djava.io.tmpdir=" + temporary);
        command.addAll(List.of(rest));
        return command;
    }

    /** The jars of a solver, its own first. @throws ArenaProblem when it is not built */
    static List<Path> solverClassPath(Path project) throws IOException {
        Path target = project.resolve("solver-worker/target");
        var jars = new ArrayList<Path>();
        jars.add(jarOf(target));
        try (Stream<Path> libraries = Files.list(built(target.resolve("lib")))) {
            libraries.sorted().forEach(jars::add);
        }
        return jars;
    }

    private static Path jarOf(Path target) throws IOException {
        built(target);
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file ->
                            file.getFileName().toString().matches("solver-worker-[0-9].*(?<!-tests|-sources)\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> notBuilt(target.resolve("solver-worker-*.jar")));
        }
    }

    private static Path built(Path path) {
        if (!Files.exists(path)) {
            throw notBuilt(path);
        }
        return path;
    }

    private static ArenaProblem notBuilt(Path path) {
        return new ArenaProblem(
                "a part of the platform is not built",
                path.toString(),
                null,
                "it is missing",
                "run: ./mvnw package -DskipTests");
    }

    /**
     * What the services stand on.
     *
     * @param kafka {@code host:port}
     * @param artifacts folder of the artifact store
     * @param databaseUrl JDBC URL
     * @param password of the database; never printed
     */
    record Backing(String kafka, Path artifacts, String databaseUrl, String password) {
        Map<String, String> messagesAndArtifacts() {
            var environment = new HashMap<String, String>();
            environment.put(EXIT_WITH_PARENT, "true");
            environment.put("ARENA_KAFKA", kafka);
            environment.put("ARENA_ARTIFACTS", artifacts.toString());
            return environment;
        }

        Map<String, String> service() {
            var environment = messagesAndArtifacts();
            environment.put("ARENA_DB_URL", databaseUrl);
            environment.put("ARENA_DB_USER", PostgresCluster.USER);
            environment.put("ARENA_DB_PASSWORD", password);
            return environment;
        }

        @Override
        public String toString() {
            return "Backing[" + kafka + ", " + databaseUrl + "]";
        }
    }
}
