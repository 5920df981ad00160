package dev.trmarena.ingest.hub;

import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.limits.Quote;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/**
 * Requests to a hub and to the hosts that it sends on to. Each of them, a redirect as well, is held to {@link AllowedAddresses}; the token goes
 * to the hub alone, and into no message.
 */
@ApplicationScoped
class AskHub {
    static final int NOT_FOUND = 404;
    static final int UNPROCESSABLE = 422;
    static final int UNAVAILABLE = 503;

    private static final int PARTIAL = 206;
    private static final int TOO_MANY = 429;
    private static final int MOST_REDIRECTS = 5;
    private static final int CONNECT_MILLIS = 10_000;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final HubConfig config;
    private final AllowedAddresses allowed;

    AskHub(HubConfig config) {
        this.config = config;
        this.allowed = new AllowedAddresses(
                config.hosts(), config.privateHosts().orElse(List.of()), InetAddress::getAllByName);
    }

    /** The host of the hub, as people know it. */
    String hub() {
        return AllowedAddresses.place(config.url());
    }

    /** @param path as the hub has it, with its slash */
    URI address(String path) {
        return URI.create(config.url().toString().replaceFirst("/+$", "") + path);
    }

    /**
     * The head of a file. What the hub keeps elsewhere it describes in the redirect to there, which is not followed.
     *
     * @throws Refusal 404 and 422 with what to do about it
     * @throws Passing when another try may do
     */
    HttpURLConnection head(HubName file) throws IOException {
        URI address = address(file.resolvePath());
        for (int i = 0; i <= MOST_REDIRECTS; i++) {
            HttpURLConnection answer = ask("HEAD", address, null);
            int status = answer.getResponseCode();
            URI next = REDIRECTS.contains(status) ? redirect(address, answer) : null;
            boolean elsewhere = next != null
                    && (answer.getHeaderField("X-Linked-Etag") != null
                            || !AllowedAddresses.place(next).equals(hub()));
            if (next == null || elsewhere) {
                if (next != null) {
                    // Said now, and not when somebody waits for the file already.
                    allowed.require(next);
                } else {
                    requireOk(file, answer, status);
                }
                return answer;
            }
            address = next;
        }
        throw tooManyRedirects(file);
    }

    /** What lies in a folder, as JSON, or as much of it as is read. Throws as {@link #head} does. */
    byte[] tree(HubName folder) throws IOException {
        HttpURLConnection answer = ask("GET", address(folder.treePath()), null);
        try {
            requireOk(folder, answer, answer.getResponseCode());
            try (InputStream body = answer.getInputStream()) {
                int most = (int) config.listing().asLongValue();
                byte[] read = body.readNBytes(most + 1);
                String more = answer.getHeaderField("Link");
                if (read.length > most || more != null && more.contains("rel=\"next\"")) {
                    throw new Refusal(
                            UNPROCESSABLE,
                            folder + " is a folder with more in it than is listed here",
                            "name the file itself");
                }
                return read;
            }
        } finally {
            answer.disconnect();
        }
    }

    /** The content of a file from a byte on. */
    static final class Content implements AutoCloseable {
        private final HttpURLConnection connection;
        private final InputStream body;

        private Content(HttpURLConnection connection, InputStream body) {
            this.connection = connection;
            this.body = body;
        }

        InputStream body() {
            return body;
        }

        @Override
        public void close() {
            connection.disconnect();
        }
    }

    /**
     * @param file at the commit that it was looked up at
     * @param offset to begin with
     * @param bytes of the whole file
     */
    Content content(HubName file, long offset, long bytes) throws IOException {
        URI address = address(file.resolvePath());
        for (int i = 0; i <= MOST_REDIRECTS; i++) {
            HttpURLConnection answer = ask("GET", address, offset == 0 ? null : "bytes=" + offset + "-");
            int status = answer.getResponseCode();
            if (REDIRECTS.contains(status)) {
                address = redirect(address, answer);
                answer.disconnect();
                continue;
            }
            requireOk(file, answer, status);
            return opened(file, answer, status == PARTIAL ? offset : 0, offset, bytes);
        }
        throw tooManyRedirects(file);
    }

    /** @param begins where the body begins: a host that knows no ranges sends it all */
    private static Content opened(HubName file, HttpURLConnection answer, long begins, long offset, long bytes)
            throws IOException {
        long length = answer.getContentLengthLong();
        String range = answer.getHeaderField("Content-Range");
        boolean other = length >= 0 && length != bytes - begins
                || begins > 0 && (range == null || !range.equals("bytes " + begins + "-" + (bytes - 1) + "/" + bytes));
        if (other) {
            answer.disconnect();
            throw new Refusal(
                    UNPROCESSABLE,
                    "the hub said that " + file.fileName() + " has " + bytes + " bytes, and sends another number",
                    "fetch it once more; if that stays so, look at the file on its page");
        }
        InputStream body = answer.getInputStream();
        body.skipNBytes(offset - begins);
        return new Content(answer, body);
    }

    private URI redirect(URI from, HttpURLConnection answer) {
        String to = answer.getHeaderField("Location");
        try {
            return from.resolve(URI.create(String.valueOf(to)));
        } catch (IllegalArgumentException e) {
            throw new Refusal(
                    UNPROCESSABLE,
                    "the hub sends on to '" + Quote.of(String.valueOf(to)) + "', which is no address",
                    "try later");
        }
    }

    private HttpURLConnection ask(String method, URI address, @Nullable String range) throws IOException {
        try {
            allowed.require(address);
        } catch (UnknownHostException e) {
            throw new Passing("the name of " + AllowedAddresses.place(address) + " cannot be resolved", null);
        }
        String place = AllowedAddresses.place(address);
        var connection = (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
        if (connection instanceof HttpsURLConnection secure) {
            secure.setSSLSocketFactory(new CheckedSockets(allowed, place));
        }
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout((int) config.silence().toMillis());
        connection.setRequestMethod(method);
        connection.setRequestProperty("User-Agent", "trm-arena");
        // The next one is looked at anew, and whoever stops reading has nothing to read to its end.
        connection.setRequestProperty("Connection", "close");
        // What is hashed is what lies there.
        connection.setRequestProperty("Accept-Encoding", "identity");
        if (range != null) {
            connection.setRequestProperty("Range", range);
        }
        if (place.equals(hub())) {
            config.token()
                    .filter(token -> !token.isBlank())
                    .ifPresent(token -> connection.setRequestProperty("Authorization", "Bearer " + token.strip()));
        }
        return connected(connection, place);
    }

    private static HttpURLConnection connected(HttpURLConnection connection, String place) throws IOException {
        try {
            connection.getResponseCode();
            return connection;
        } catch (IOException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof Refusal refusal) {
                    throw refusal;
                }
            }
            // The message of the library names addresses with all that is signed in them.
            throw new Passing(place + " does not answer: " + e.getClass().getSimpleName(), null);
        }
    }

    private void requireOk(HubName file, HttpURLConnection answer, int status) throws IOException {
        if (status / 100 == 2) {
            return;
        }
        answer.disconnect();
        String code = String.valueOf(answer.getHeaderField("X-Error-Code"));
        switch (status) {
            case 401, 403 ->
                throw new Refusal(
                        UNPROCESSABLE,
                        code.equals("GatedRepo")
                                ? "the hub shows " + file.home() + " only to those who were let in"
                                : "there is no " + file.home() + " on the hub, or it is private",
                        "look whether the name is right; for what is private or gated, whoever runs the platform sets arena.hub.token"
                                + " (ARENA_HUB_TOKEN) to a token of somebody who may read it");
            case NOT_FOUND ->
                throw new Refusal(
                        NOT_FOUND,
                        switch (code) {
                            case "RepoNotFound" -> "there is no " + file.home() + " on the hub";
                            case "RevisionNotFound" ->
                                file.home() + " has no revision '" + Quote.of(file.revision()) + "'";
                            default -> file + " is not there";
                        },
                        "look at the page of the repository, and name a file that it lists: hf://OWNER/REPO/PATH@REVISION");
            case TOO_MANY, UNAVAILABLE ->
                throw new Passing("the hub asks for patience", patience(answer.getHeaderField("Retry-After")));
            default -> {
                if (status / 100 == 5 || status == 408) {
                    throw new Passing("the hub answers with status " + status, null);
                }
                throw new Refusal(UNPROCESSABLE, "the hub answers with status " + status, "try again later");
            }
        }
    }

    private static @Nullable Duration patience(@Nullable String seconds) {
        return seconds != null && seconds.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(seconds)) : null;
    }

    private static Refusal tooManyRedirects(HubName file) {
        return new Refusal(UNPROCESSABLE, "the hub sends on and on for " + file, "try again later");
    }
}
