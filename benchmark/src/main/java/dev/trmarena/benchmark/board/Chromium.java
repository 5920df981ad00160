package dev.trmarena.benchmark.board;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A headless Chromium with an empty profile, spoken to in its own DevTools protocol: this module needs no driver for it. */
final class Chromium implements AutoCloseable {
    private static final String LISTENING = "DevTools listening on ";
    private static final long PATIENCE_SECONDS = 60;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Path profile;
    private final WebSocket socket;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();

    Chromium(Path executable) throws IOException, InterruptedException {
        profile = Files.createTempDirectory("arena-chromium");
        process = new ProcessBuilder(
                        executable.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--window-size=1280,900",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .start();
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(address()), new Answers())
                .join();
    }

    private String address() throws IOException {
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.startsWith(LISTENING)) {
                // A pipe that nobody reads stops who writes.
                var drain = new Thread(() -> reader.lines().forEach(more -> {}), "chromium output");
                drain.setDaemon(true);
                drain.start();
                return line.substring(LISTENING.length()).strip();
            }
        }
        throw new IOException("Chromium ended before it listened");
    }

    /** @param session of a page; null for the browser itself */
    JsonNode ask(@Nullable String session, String method, Map<String, ?> parameters)
            throws IOException, InterruptedException {
        int number = numbers.incrementAndGet();
        var request = JSON.createObjectNode().put("id", number).put("method", method);
        request.set("params", JSON.valueToTree(parameters));
        if (session != null) {
            request.put("sessionId", session);
        }
        var answer = new CompletableFuture<JsonNode>();
        asked.put(number, answer);
        socket.sendText(request.toString(), true);
        try {
            JsonNode json = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (json.has("error")) {
                throw new IOException(method + ": " + json.path("error"));
            }
            return json.path("result");
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("no answer to " + method, e);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        try {
            ask(null, "Browser.close", Map.of());
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.toHandle().destroyForcibly();
            }
        } finally {
            List<Path> left;
            try (var files = Files.walk(profile)) {
                left = files.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path file : left) {
                // Helpers of the browser that end a moment later still tidy up their own.
                Files.deleteIfExists(file);
            }
        }
    }

    private final class Answers implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                complete(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void complete(String message) {
            try {
                JsonNode json = JSON.readTree(message);
                CompletableFuture<JsonNode> waiting =
                        asked.remove(json.path("id").asInt());
                if (waiting != null) {
                    waiting.complete(json);
                }
            } catch (IOException e) {
                asked.values().forEach(waiting -> waiting.completeExceptionally(e));
            }
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            asked.values().forEach(waiting -> waiting.completeExceptionally(error));
        }
    }
}
