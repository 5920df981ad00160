package dev.trmarena.benchmark.hostile;

import dev.trmarena.benchmark.platform.RunningPlatform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Sees what something costs the two services of a platform, and whether they outlive it. */
final class Witness {
    /** What the kernel takes for the order to begin the peak of a process anew. */
    private static final String BEGIN_PEAK = "5";

    private static final List<String> SERVICES = List.of("ingest", "leaderboard-api");

    private final RunningPlatform platform;
    private final List<Long> processes;
    private final long begun = System.nanoTime();

    /** From now on. */
    Witness(RunningPlatform platform) throws IOException {
        this.platform = platform;
        this.processes = SERVICES.stream().map(name -> process(platform, name)).toList();
        for (long process : processes) {
            Files.writeString(Path.of("/proc/" + process + "/clear_refs"), BEGIN_PEAK);
        }
    }

    private static long process(RunningPlatform platform, String service) {
        return platform.process(service + "/target/quarkus-app").pid();
    }

    /** The port at which a service tells its health and its meters. */
    static int managementPort(RunningPlatform platform, String service) throws IOException {
        String environment = Files.readString(
                Path.of("/proc/" + process(platform, service) + "/environ"), StandardCharsets.ISO_8859_1);
        return Arrays.stream(environment.split("\0"))
                .filter(each -> each.startsWith("QUARKUS_MANAGEMENT_PORT="))
                .mapToInt(each -> Integer.parseInt(each.substring(each.indexOf('=') + 1)))
                .findFirst()
                .orElseThrow();
    }

    /** Prints a line of the table. */
    void tell(String sent, String answered) throws IOException {
        long millis = (System.nanoTime() - begun) / 1_000_000;
        var line = new StringBuilder("| " + sent + " | " + answered + " | " + millis / 1000 + "." + millis / 100 % 10);
        for (int i = 0; i < SERVICES.size(); i++) {
            line.append(" | ").append(cost(SERVICES.get(i), processes.get(i)));
        }
        System.out.println(line + " |");
    }

    private String cost(String service, long process) throws IOException {
        Path status = Path.of("/proc/" + process + "/status");
        if (!Files.exists(status) || process(platform, service) != process) {
            return "**ended**";
        }
        return Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                        .findFirst()
                        .orElseThrow()
                + " MB";
    }
}
