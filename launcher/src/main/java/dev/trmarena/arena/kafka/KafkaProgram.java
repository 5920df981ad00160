package dev.trmarena.arena.kafka;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * The main class of the broker's own JVM, here and in a container. Formats its folder on first use, serves until the process is told
 * to end or, with {@code ARENA_EXIT_WITH_PARENT}, until standard input does. A JVM of its own, because Kafka's threads cannot be
 * stopped by anyone but Kafka.
 */
public final class KafkaProgram {
    /** Kafka waits for minutes when its own controller is already gone; the log is recovered at the next start anyway. */
    private static final long STOP_MILLIS = 8_000;

    private KafkaProgram() {}

    /** @param args folder, controller's port on 127.0.0.1, host:port where it listens, host:port by which others reach it */
    public static void main(String[] args) throws Exception {
        if (args.length != 4) {
            throw new IllegalArgumentException(
                    "expected FOLDER CONTROLLER_PORT LISTEN ADVERTISED, got " + args.length + " arguments");
        }
        Path folder = Path.of(args[0]).toAbsolutePath();
        Properties settings = BrokerSettings.of(folder, Integer.parseInt(args[1]), args[2], args[3]);
        if (!Files.exists(folder.resolve("meta.properties"))) {
            format(folder, settings);
        }
        var server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
        if ("true".equals(System.getenv("ARENA_EXIT_WITH_PARENT"))) {
            endWithStandardInput();
        }
        server.startup();
        server.awaitShutdown();
    }

    private static void format(Path folder, Properties settings) throws IOException {
        Files.createDirectories(folder);
        // Not beside the folder: in a container that is nobody's.
        Path properties = Files.createTempFile("format", ".properties");
        try (var out = Files.newOutputStream(properties)) {
            settings.store(out, null);
        }
        String[] format = {
            "format", "--standalone", "--cluster-id", Uuid.randomUuid().toString(), "--config", properties.toString()
        };
        int status = StorageTool.execute(format, new PrintStream(System.out, true, StandardCharsets.UTF_8));
        Files.delete(properties);
        if (status != 0) {
            throw new IOException("cannot format " + folder + ": StorageTool ended with status " + status);
        }
    }

    private static void endWithStandardInput() {
        var watcher = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            continue;
                        }
                    } catch (IOException e) {
                        System.err.println("standard input broke: " + e);
                    }
                    System.exit(0);
                },
                "exit-with-parent");
        watcher.setDaemon(true);
        watcher.start();
    }

    private static void stop(KafkaRaftServer server) {
        var guard = new Thread(
                () -> {
                    try {
                        Thread.sleep(STOP_MILLIS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    System.err.println("did not stop within " + STOP_MILLIS + " ms, halting");
                    Runtime.getRuntime().halt(1);
                },
                "halt");
        guard.setDaemon(true);
        guard.start();
        server.shutdown();
    }
}
