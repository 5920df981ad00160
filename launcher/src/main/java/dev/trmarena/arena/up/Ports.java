package dev.trmarena.arena.up;

import dev.trmarena.arena.ArenaProblem;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Free TCP ports. */
final class Ports {
    private Ports() {}

    /** That many different free ports on the loopback address; held together, so that none is given twice. */
    static List<Integer> free(int count) throws IOException {
        var sockets = new ArrayList<ServerSocket>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1")));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }

    /**
     * The port the page will have.
     *
     * @param port 0 for any free one
     * @throws ArenaProblem when it is taken
     */
    static int forPage(String address, int port) throws IOException {
        try (var socket = new ServerSocket(port, 1, InetAddress.getByName(address))) {
            return socket.getLocalPort();
        } catch (BindException e) {
            var problem = new ArenaProblem(
                    "cannot listen on " + address + ":" + port,
                    null,
                    null,
                    e.getMessage(),
                    "choose another port with --port N (0 takes any free one), or stop what listens there");
            problem.initCause(e);
            throw problem;
        }
    }
}
