package dev.trmarena.http.admit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Sends a service, over a bare socket, what no honest client would. */
public final class Stranger implements Closeable {
    /** What every answer has, whoever made it. */
    private static final List<String> SAFE =
            List.of("content-security-policy", "x-content-type-options", "referrer-policy");

    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket;

    private Stranger(String from, int port) throws IOException {
        socket = new Socket("127.0.0.1", port, InetAddress.getByName(from), 0);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /** What came back. @param headers by their names in small letters, each as often as it came */
    public record Answer(int status, Map<String, List<String>> headers, String body) {
        /** A browser is told each of them, and once. */
        public Answer isSafe() {
            for (String name : SAFE) {
                assertThat(headers.getOrDefault(name, List.of()))
                        .as("%s of %s", name, this)
                        .hasSize(1);
            }
            return this;
        }

        /** @param status that gave away what is not to be seen */
        public void isNot(int status) {
            assertThat(this.status).as(body).isNotEqualTo(status);
        }

        /** Refused with this status, and with a reason and a remedy. */
        public Answer isRefused(int expected) {
            assertThat(status).as(body).isEqualTo(expected);
            assertThat(headers.get("content-type")).containsExactly("application/problem+json");
            assertThat(body).contains("\"problem\":\"").contains("\"remedy\":\"");
            return isSafe();
        }
    }

    public static Stranger at(int port) throws IOException {
        return from("127.0.0.1", port);
    }

    /** @param from an address of this machine */
    public static Stranger from(String from, int port) throws IOException {
        return new Stranger(from, port);
    }

    /** One request, on a connection of its own. @param head the lines of its head, in which a Host is added where there is none */
    public static Answer asks(int port, String body, String... head) throws IOException {
        try (Stranger stranger = at(port)) {
            stranger.sends(body, head);
            return stranger.hears();
        }
    }

    /** The head, and the body with its length unless it is empty. */
    public void sends(String body, String... head) throws IOException {
        var text = new StringBuilder();
        List.of(head).forEach(line -> text.append(line).append("\r\n"));
        if (List.of(head).stream().noneMatch(line -> line.startsWith("Host:"))) {
            text.append("Host: localhost\r\n");
        }
        if (!body.isEmpty()) {
            text.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        says(text + "\r\n" + body);
    }

    /** These very characters, a byte each. */
    public void says(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** The head of an answer; of a refusal its body, too, which alone has a known length and is short. */
    public Answer hears() throws IOException {
        InputStream in = socket.getInputStream();
        List<String> lines = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            lines.add(line);
        }
        if (lines.isEmpty()) {
            throw new IOException("the connection ended without an answer");
        }
        Map<String, List<String>> headers = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        int status = Integer.parseInt(lines.get(0).split(" ")[1]);
        String length = headers.getOrDefault("content-length", List.of("0")).get(0);
        String body = status < 400 ? "" : new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8);
        return new Answer(status, headers, body);
    }

    /** Whether there is something to hear. */
    public boolean isAnswered() throws IOException {
        return socket.getInputStream().available() > 0;
    }

    /** Whether nothing more comes, because the service ended the connection. */
    public boolean isLeft() throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException e) {
            // It ended before it had read everything.
            return true;
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
