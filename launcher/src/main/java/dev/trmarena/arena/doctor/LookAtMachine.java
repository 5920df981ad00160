package dev.trmarena.arena.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Java, Node, memory, disk, port and clock. */
final class LookAtMachine {
    /** All processes of a platform with one solver, their heaps full, and Postgres. */
    private static final double ENOUGH_MEMORY = 4e9;

    /** Libtorch unpacked, Kafka's and Postgres' files, and a checkpoint or two. */
    private static final double ENOUGH_DISK = 10e9;

    private static final double LEAST_DISK = 1.5e9;

    /** By so much the clocks of a build and of its user may differ. */
    private static final Duration SAME_TIME = Duration.ofMinutes(5);

    private LookAtMachine() {}

    static Finding java() {
        return Finding.ok("java", Runtime.version() + " of " + System.getProperty("java.home"));
    }

    /**
     * The script alone knows which Node suits.
     *
     * @param version empty where there is none
     * @param wanted in words
     */
    static Finding node(String version, boolean suits, String wanted) {
        if (suits) {
            return Finding.ok("node", version);
        }
        return Finding.attention(
                "node",
                (version.isEmpty() ? "there is none" : "this is " + version) + ", to build " + wanted + " is needed",
                "./arena build says how to get it; what is built runs without");
    }

    static Finding memory() {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine)) {
            return Finding.attention("memory", "this Java does not tell", "take a JDK that is built from OpenJDK");
        }
        return memory(machine.getTotalMemorySize(), machine.getFreeMemorySize());
    }

    static Finding memory(long total, long free) {
        String says = String.format(Locale.ROOT, "%.1f GB, %.1f GB of them unused", total / 1e9, free / 1e9);
        return total >= ENOUGH_MEMORY
                ? Finding.ok("memory", says)
                : Finding.attention(
                        "memory",
                        says,
                        "a platform with one solver takes up to 4 GB; end other programs, or run solvers elsewhere");
    }

    /** @param folder of the data, which may have to be made yet */
    static Finding disk(Path folder) throws IOException {
        Path there = folder.toAbsolutePath().normalize();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        if (!Files.isWritable(there)) {
            return Finding.trouble(
                    "disk", there + " may not be written by this user", "name another folder with --data");
        }
        return disk(folder, Files.getFileStore(there).getUsableSpace());
    }

    static Finding disk(Path folder, long free) {
        String says = String.format(Locale.ROOT, "%.1f GB are free for %s", free / 1e9, folder);
        String remedy = "free some, or name a folder on another disk with --data";
        return free < LEAST_DISK
                ? Finding.trouble("disk", says, remedy)
                : free < ENOUGH_DISK ? Finding.attention("disk", says, remedy) : Finding.ok("disk", says);
    }

    /** @param platform what the lock of the data folder says of who has it; null where nobody has */
    static Finding port(int port, @Nullable String platform) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return Finding.ok("port", socket.getLocalPort() + " is free");
        } catch (IOException e) {
            return platform != null && platform.endsWith(":" + port)
                    ? Finding.ok("port", port + " serves the platform that runs here, " + platform)
                    : Finding.attention(
                            "port",
                            port + " is taken: " + e.getMessage(),
                            "stop what listens there, or choose another with ./arena up --port N");
        }
    }

    /** @param built when this program was */
    static Finding clock(Instant now, Instant built) {
        String says = "it is " + now.truncatedTo(ChronoUnit.SECONDS);
        return now.plus(SAME_TIME).isBefore(built)
                ? Finding.trouble(
                        "clock",
                        says + ", and this build is of " + built.truncatedTo(ChronoUnit.SECONDS),
                        "set the clock (timedatectl set-ntp true): deadlines and leases go by it")
                : Finding.ok("clock", says);
    }
}
