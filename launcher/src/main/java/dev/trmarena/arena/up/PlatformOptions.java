package dev.trmarena.arena.up;

import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.supervise.engine.Libtorch;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the user chose.
 *
 * @param project the folder of the project, with its modules built
 * @param port the page's port, 0 for any free one
 * @param solvers number of solvers, at least 1
 * @param threads cores that each solver may use, at least 1
 * @param listen address the page listens on; everything else stays on loopback
 * @param libtorch what solvers compute with; null for that of the build
 * @param gpus that they share, by their numbers for CUDA; none when they compute on the CPU
 */
public record PlatformOptions(
        Path project,
        int port,
        int solvers,
        int threads,
        String listen,
        @Nullable Libtorch libtorch,
        List<String> gpus) {
    private static final int MOST_SOLVERS = 64;

    public PlatformOptions {
        gpus = List.copyOf(gpus);
        if (port < 0 || port > 65_535) {
            throw new ArenaProblem(
                    "there is no port " + port, "give --port a number from 1 to 65535, or 0 for any free one");
        }
        if (solvers < 0 || solvers > MOST_SOLVERS) {
            throw new ArenaProblem(
                    "cannot start " + solvers + " solvers",
                    "give --solvers a number from 0, when they are elsewhere, to " + MOST_SOLVERS);
        }
        if (threads < 1) {
            throw new ArenaProblem("--threads is " + threads, "a solver needs at least one core");
        }
        address(listen);
    }

    /** What a solver's environment says of the device that it has for itself or shares. */
    Map<String, String> device(int solver) {
        if (gpus.isEmpty()) {
            return Map.of("ARENA_SOLVERS_HERE", String.valueOf(solvers));
        }
        int sharers = (solvers + gpus.size() - 1) / gpus.size();
        return Map.of(
                "ARENA_SOLVERS_HERE",
                String.valueOf(sharers),
                // The order in which the driver tells of them; CUDA's own is another.
                "CUDA_DEVICE_ORDER",
                "PCI_BUS_ID",
                "CUDA_VISIBLE_DEVICES",
                gpus.get((solver - 1) % gpus.size()));
    }

    boolean listensEverywhere() {
        return address(listen).isAnyLocalAddress();
    }

    /** Whether only this machine can reach the page. */
    public boolean listensOnLoopback() {
        return address(listen).isLoopbackAddress();
    }

    private static InetAddress address(String listen) {
        try {
            return InetAddress.getByName(listen);
        } catch (UnknownHostException e) {
            var problem = new ArenaProblem(
                    "`" + listen + "` is not an address of this machine",
                    "give --listen an address, like 127.0.0.1 or 0.0.0.0");
            problem.initCause(e);
            throw problem;
        }
    }
}
