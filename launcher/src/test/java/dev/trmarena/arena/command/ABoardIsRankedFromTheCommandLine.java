package dev.trmarena.arena.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code arena puzzles rank-by}: what it asks the platform for, and what it says. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ABoardIsRankedFromTheCommandLine {
    @Test
    void by_a_request_of_the_api() throws IOException {
        List<String> asked = new ArrayList<>();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
            byte[] answer = "{\"name\":\"arc\",\"mainMetric\":\"strict\"}".getBytes(UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        var out = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(out, true, UTF_8));
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            assertThat(new CommandLine(new PuzzlesCommand()).execute("rank-by", "arc", "strict", "--url", url))
                    .isZero();
        } finally {
            System.setOut(before);
            server.stop(0);
        }
        assertThat(asked).containsExactly("PUT /api/puzzle-sets/arc/ranking {\"metric\":\"strict\"}");
        assertThat(out.toString(UTF_8)).startsWith("arc is ranked by strict");
    }
}
