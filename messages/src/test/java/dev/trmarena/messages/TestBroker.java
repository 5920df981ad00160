package dev.trmarena.messages;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/** A real Kafka broker in a JVM of its own, which tests may kill and start again on the same port and data. */
public final class TestBroker implements AutoCloseable {
    private final Path folder;
    private final int port = freePort();
    private final int controllerPort = freePort();
    private @Nullable Process process;

    public TestBroker(Path folder) {
        this.folder = folder;
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public void start() throws IOException {
        Files.createDirectories(folder);
        Path properties = Files.write(folder.resolve("server.properties"), settings());
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        // It is killed, and deletes nothing.
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        TestBroker.class.getName(),
                        properties.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("broker.log").toFile())
                .start();
    }

    /** At once, as a power cut would. */
    public void kill() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            process = null;
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    private List<String> settings() {
        return List.of(
                "process.roles=broker,controller",
                "node.id=1",
                "listeners=PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
                "controller.listener.names=CONTROLLER",
                "controller.quorum.bootstrap.servers=127.0.0.1:" + controllerPort,
                "controller.quorum.election.timeout.ms=200",
                "controller.quorum.election.backoff.max.ms=100",
                "controller.quorum.fetch.timeout.ms=500",
                "broker.session.timeout.ms=3000",
                "broker.heartbeat.interval.ms=500",
                "offsets.topic.replication.factor=1",
                "offsets.topic.num.partitions=1",
                "transaction.state.log.replication.factor=1",
                "transaction.state.log.min.isr=1",
                "share.coordinator.state.topic.replication.factor=1",
                "share.coordinator.state.topic.min.isr=1",
                "share.coordinator.state.topic.num.partitions=1",
                "group.share.session.timeout.ms=6000",
                "group.share.min.session.timeout.ms=6000",
                "group.share.heartbeat.interval.ms=1000",
                "group.share.min.heartbeat.interval.ms=1000",
                "group.share.assignment.interval.ms=0",
                "group.share.min.assignment.interval.ms=0",
                // A test that outlives a lock should not take half a minute.
                "group.share.record.lock.duration.ms=1000",
                "group.share.min.record.lock.duration.ms=1000",
                "log.dirs=" + folder.resolve("data"));
    }

    /** The child: formats on first use, runs until killed or until its standard input ends. */
    public static void main(String[] args) throws Exception {
        Path properties = Path.of(args[0]);
        var settings = new java.util.Properties();
        try (var in = Files.newInputStream(properties)) {
            settings.load(in);
        }
        if (!Files.exists(Path.of(settings.getProperty("log.dirs"), "meta.properties"))) {
            String[] format = {"format", "--standalone", "--cluster-id", "MkU3OEVBNTcwNTJENDM2Qk", "--config", args[0]};
            if (StorageTool.execute(format, new PrintStream(System.out, true, java.nio.charset.StandardCharsets.UTF_8))
                    != 0) {
                throw new IllegalStateException("cannot format " + properties);
            }
        }
        new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM).startup();
        while (System.in.read() >= 0) {
            continue;
        }
        Runtime.getRuntime().halt(0);
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no free port", e);
        }
    }
}
