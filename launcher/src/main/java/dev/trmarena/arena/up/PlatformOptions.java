package dev.trmarena.arena.up;

import dev.trmarena.arena.ArenaProblem;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;

/**
 * What the user chose.
 *
 * @param project the folder of the project, with its modules built
 * @param port the page's port, 0 for any free one
 * @param solvers number of solvers, at least 1
 * @param threads cores that each solver may use, at least 1
 * @param listen address the page listens on; everything else stays on loopback
 */
public record PlatformOptions(Path project, int port, int solvers, int threads, String listen) {
    private static final int MOST_SOLVERS = 64;

    public PlatformOptions {
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
