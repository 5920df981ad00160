package dev.trmarena.benchmark.hostile;

import dev.trmarena.benchmark.platform.RunningPlatform;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Requests without end, and such as never end. */
final class ManyRequests {
    private static final int METHODS = 60_000;
    private static final long NANOS = 1_000_000_000;

    private final RunningPlatform platform;
    private final Asked asked;

    ManyRequests(RunningPlatform platform) {
        this.platform = platform;
        this.asked = new Asked(platform);
    }

    void methods() throws IOException, InterruptedException {
        int before = scraped().length();
        var witness = new Witness(platform);
        Map<Integer, Integer> statuses = new TreeMap<>();
        for (int i = 0; i < METHODS; i++) {
            statuses.merge(asked.ask("MADE" + i, "/api/uploads").status(), 1, Integer::sum);
        }
        int after = scraped().length();
        witness.tell(
                "60,000 requests with invented methods",
                statuses + "; the scrape has " + after / 1000 + " kB, before " + before / 1000 + " kB");
    }

    private String scraped() throws IOException, InterruptedException {
        URI meters =
                URI.create("http://127.0.0.1:" + Witness.managementPort(platform, "leaderboard-api") + "/q/metrics");
        var answer =
                HttpClient.newHttpClient().send(HttpRequest.newBuilder(meters).build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("the scrape was answered " + answer.statusCode());
        }
        return answer.body();
    }

    /** Commands that are said a letter at a time. */
    void commands() throws IOException, InterruptedException {
        List<String> heads = new ArrayList<>();
        for (int i = 0; i < 66; i++) {
            heads.add("POST /api/evaluations HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n");
        }
        whileTheySend("66 commands, a byte each 8 s", heads, 8, 40);
    }

    /** Files that are sent likewise. */
    void uploads() throws IOException, InterruptedException {
        List<String> heads = new ArrayList<>();
        Map<String, Integer> refused = new TreeMap<>();
        for (int i = 0; i < 64; i++) {
            String upload = asked.begun(1_000_000);
            if (upload.contains(":")) {
                refused.merge(upload, 1, Integer::sum);
            } else {
                heads.add(
                        "PATCH /api/uploads/" + upload + " HTTP/1.1\r\nUpload-Offset: 0\r\nContent-Length: 1000000\r\n"
                                + "Content-Type: application/offset+octet-stream\r\n");
            }
        }
        whileTheySend("64 uploads, a byte each 10 s; not begun " + refused, heads, 10, 60);
    }

    private void whileTheySend(String what, List<String> heads, int everySeconds, int seconds)
            throws IOException, InterruptedException {
        var witness = new Witness(platform);
        URI url = platform.url();
        List<Socket> sockets = new ArrayList<>();
        long slowest = 0;
        int canceled = 0;
        Map<Integer, Integer> statuses = new TreeMap<>();
        try {
            for (String head : heads) {
                var socket = new Socket(url.getHost(), url.getPort());
                sockets.add(socket);
                say(socket, head + "Host: " + url.getAuthority() + "\r\n\r\n{");
            }
            long begun = System.nanoTime();
            long said = begun;
            while (System.nanoTime() - begun < seconds * NANOS) {
                if (System.nanoTime() - said > everySeconds * NANOS) {
                    said = System.nanoTime();
                    for (Socket socket : sockets) {
                        say(socket, " ");
                    }
                }
                long asking = System.nanoTime();
                int status = asked.ask("POST", "/api/evaluations/" + UUID.randomUUID() + "/cancel")
                        .status();
                slowest = Math.max(slowest, System.nanoTime() - asking);
                statuses.merge(status, 1, Integer::sum);
                canceled++;
                Thread.sleep(250);
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        witness.tell(
                what, canceled + " cancels meanwhile " + statuses + ", the slowest in " + slowest / 1_000_000 + " ms");
    }

    /** Whoever was answered and cut off is not to be told any more. */
    private static void say(Socket socket, String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            // The service has ended it, as it may.
            return;
        }
    }
}
