package dev.trmarena.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * A hub as the real one behaves: a repository has files, small ones in git and large ones beside it, on another host that a redirect leads to, whose
 * head says what they are. What goes wrong there goes wrong here when a test says so.
 */
public final class FakeHub implements AutoCloseable {
    public static final String TOKEN = "hf_of-somebody-who-may-read-it";
    public static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    private final HttpServer hub;
    private final HttpServer storage;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Stored> files = new ConcurrentHashMap<>();
    private final Map<String, Refused> refused = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    /** What happens to the next requests for the content of a file, in this order; then nothing does. */
    private final Map<String, Deque<Fault>> faults = new ConcurrentHashMap<>();

    /** @param large whether it is kept beside git @param said the digest that is said of it @param at where it is said to be */
    @SuppressWarnings("ArrayRecordComponent")
    private record Stored(byte[] content, boolean large, String said, long bytes, String at) {}

    private record Refused(
            int status, @Nullable String code, @Nullable String retryAfter) {}

    /** A request as it came. */
    public record Asked(
            String host,
            String method,
            String path,
            @Nullable String authorization,
            @Nullable String range) {}

    /** What goes wrong with the content of a file. */
    public interface Fault {
        /** @return whether it answered */
        boolean happens(HttpExchange exchange, byte[] content, int from) throws IOException;
    }

    /** The connection ends after so many bytes, as if it were cut. */
    public static Fault cutAfter(int bytes) {
        return (exchange, content, from) -> {
            begin(exchange, content, from);
            OutputStream body = exchange.getResponseBody();
            body.write(content, from, Math.min(bytes, content.length - from));
            body.flush();
            exchange.close();
            return true;
        };
    }

    /** So many bytes come, and nothing more until the gate opens. */
    public static Fault stopAfter(int bytes, CountDownLatch gate) {
        return (exchange, content, from) -> {
            begin(exchange, content, from);
            OutputStream body = exchange.getResponseBody();
            body.write(content, from, Math.min(bytes, content.length - from));
            body.flush();
            try {
                gate.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
            return true;
        };
    }

    public static Fault status(int status, @Nullable String retryAfter) {
        return (exchange, content, from) -> {
            if (retryAfter != null) {
                exchange.getResponseHeaders().set("Retry-After", retryAfter);
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
            return true;
        };
    }

    public FakeHub() throws IOException {
        hub = server("hub", this::answerAsHub);
        storage = server("storage", this::answerAsStorage);
    }

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private HttpServer server(String host, Answer answer) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            Headers headers = exchange.getRequestHeaders();
            asked.add(new Asked(
                    host,
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getRawPath(),
                    headers.getFirst("Authorization"),
                    headers.getFirst("Range")));
            try (exchange) {
                answer.to(exchange);
            }
        });
        server.start();
        return server;
    }

    /** What the service is to be told of it; elsewhere is listed, too, but not as a host that may be on this machine. */
    public Map<String, String> settings() {
        String both = place(hub) + "," + place(storage);
        return Map.of(
                "arena.hub.url",
                "http://" + place(hub),
                "arena.hub.hosts",
                both + ",localhost:" + storage.getAddress().getPort(),
                "arena.hub.private-hosts",
                both,
                "arena.hub.token",
                TOKEN,
                "arena.hub.tries",
                "3",
                "arena.hub.pause",
                "0.05S",
                "arena.hub.patience",
                "5S",
                "arena.hub.silence",
                "20S");
    }

    private static String place(HttpServer server) {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    public String hubUrl() {
        return "http://" + place(hub);
    }

    public int storagePort() {
        return storage.getAddress().getPort();
    }

    /** Nothing is there any more, and nobody has asked. */
    public void clear() {
        files.clear();
        refused.clear();
        faults.clear();
        asked.clear();
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** A file beside git. @param path {@code OWNER/REPO/PATH} */
    public void large(String path, byte[] content) {
        large(path, content, DigestUtils.sha256Hex(content));
    }

    /** The same, of which another digest is said. */
    public void large(String path, byte[] content, String said) {
        files.put(path, new Stored(content, true, said, content.length, at(path)));
    }

    private String at(String path) {
        return "http://" + place(storage) + "/" + path.replace(" ", "%20");
    }

    /** One that is said to be so large. */
    public void larger(String path, long bytes) {
        files.put(path, new Stored(new byte[0], true, "0".repeat(64), bytes, at(path)));
    }

    /** One that is said to be at another address. */
    public void elsewhere(String path, byte[] content, String address) {
        files.put(path, new Stored(content, true, DigestUtils.sha256Hex(content), content.length, address));
    }

    /** A file in git. */
    public void small(String path, byte[] content) {
        small(path, content, DigestUtils.sha1Hex(blob(content)));
    }

    public void small(String path, byte[] content, String said) {
        files.put(path, new Stored(content, false, said, content.length, ""));
    }

    private static byte[] blob(byte[] content) {
        byte[] head = ("blob " + content.length + "\0").getBytes(UTF_8);
        byte[] blob = Arrays.copyOf(head, head.length + content.length);
        System.arraycopy(content, 0, blob, head.length, content.length);
        return blob;
    }

    /** All that is asked about a repository is refused so. */
    public void refuse(String repository, int status, @Nullable String code, @Nullable String retryAfter) {
        refused.put(repository, new Refused(status, code, retryAfter));
    }

    public void faults(String path, Fault... next) {
        faults.put(path, new ArrayDeque<>(List.of(next)));
    }

    private void answerAsHub(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        boolean tree = path.startsWith("/api/");
        // Of data sets the path begins with their kind, as the API's does.
        String[] parts = path.substring(tree ? path.indexOf('/', 5) + 1 : 1)
                .replaceFirst("^datasets/", "")
                .split("/", 5);
        String repository = parts[0] + "/" + parts[1];
        Refused refusal = refused.get(repository);
        if (refusal != null) {
            set(exchange, "X-Error-Code", refusal.code());
            set(exchange, "Retry-After", refusal.retryAfter());
            exchange.sendResponseHeaders(refusal.status(), -1);
        } else if (tree) {
            answerTree(exchange, repository + "/" + (parts.length == 5 ? parts[4] + "/" : ""));
        } else {
            answerFile(exchange, repository + "/" + parts[4], parts[3]);
        }
    }

    private void answerTree(HttpExchange exchange, String folder) throws IOException {
        String repository = folder.substring(0, folder.indexOf('/', folder.indexOf('/') + 1) + 1);
        var listed = new StringBuilder();
        files.keySet().stream().sorted().filter(path -> path.startsWith(folder)).forEach(path -> listed.append(
                        listed.isEmpty() ? "" : ",")
                .append("{\"type\":\"file\",\"path\":\"")
                .append(path.substring(repository.length()))
                .append("\"}"));
        if (listed.isEmpty()) {
            exchange.getResponseHeaders().set("X-Error-Code", "EntryNotFound");
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        byte[] json = ("[" + listed + "]").getBytes(UTF_8);
        exchange.sendResponseHeaders(200, json.length);
        exchange.getResponseBody().write(json);
    }

    private void answerFile(HttpExchange exchange, String path, String revision) throws IOException {
        Stored file = files.get(path);
        Headers headers = exchange.getResponseHeaders();
        if (file == null || !revision.equals("main") && !revision.equals(COMMIT)) {
            headers.set("X-Error-Code", file == null ? "EntryNotFound" : "RevisionNotFound");
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        headers.set("X-Repo-Commit", COMMIT);
        if (file.large()) {
            headers.set("X-Linked-Etag", '"' + file.said() + '"');
            headers.set("X-Linked-Size", String.valueOf(file.bytes()));
            headers.set("ETag", '"' + DigestUtils.sha1Hex(path) + '"');
            headers.set("Location", file.at());
            exchange.sendResponseHeaders(302, -1);
            return;
        }
        headers.set("ETag", '"' + file.said() + '"');
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", String.valueOf(file.bytes()));
            exchange.sendResponseHeaders(200, -1);
        } else {
            send(exchange, path, file.content());
        }
    }

    private void answerAsStorage(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring(1);
        Stored file = files.get(path);
        if (file == null) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        send(exchange, path, file.content());
    }

    private void send(HttpExchange exchange, String path, byte[] content) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = range == null ? 0 : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
        Deque<Fault> next = faults.get(path);
        Fault fault = next == null ? null : next.poll();
        if (fault == null || !fault.happens(exchange, content, from)) {
            begin(exchange, content, from);
            exchange.getResponseBody().write(content, from, content.length - from);
        }
    }

    private static void begin(HttpExchange exchange, byte[] content, int from) throws IOException {
        if (from > 0) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
    }

    private static void set(HttpExchange exchange, String header, @Nullable String value) {
        if (value != null) {
            exchange.getResponseHeaders().set(header, value);
        }
    }

    @Override
    public void close() {
        hub.stop(0);
        storage.stop(0);
        threads.shutdownNow();
    }
}
