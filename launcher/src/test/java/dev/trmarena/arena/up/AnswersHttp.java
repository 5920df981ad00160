package dev.trmarena.arena.up;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that answers 200, or 503 while a file is there; it ends with its standard input. */
final class AnswersHttp {
    private AnswersHttp() {}

    /** @param args port on the loopback address, the file */
    public static void main(String[] args) throws IOException {
        Path ill = Path.of(args[1]);
        var server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(Files.exists(ill) ? 503 : 200, -1);
            exchange.close();
        });
        server.start();
        while (System.in.read() >= 0) {
            continue;
        }
        System.exit(0);
    }
}
